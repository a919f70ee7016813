import { WrongUsage } from '../base/wrong-usage.ts';

/** Where a server listens. */
export interface ListenAddress {
  /** Empty for every address of the machine, as in Go's `:9100`. */
  readonly host: string;
  readonly port: number;
}

/** Parses `127.0.0.1:10047`, `[::1]:10047`, `localhost:0` or `:10047`; throws {@link WrongUsage}. */
export function parseListenAddress(text: string): ListenAddress {
  const [, v6, name, port] = /^(?:\[([0-9a-fA-F:.%]+)\]|([^[\]:/]*)):(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535) {
    throw new WrongUsage(`--web.listen-address ${text}: HOST:PORT is wanted, as in 127.0.0.1:10047 or :10047`);
  }
  return { host: v6 ?? name ?? '', port: Number(port) };
}

/** Whether only this machine can reach it. */
export function isLoopback({ host }: ListenAddress): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
