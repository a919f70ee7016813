import { type ChildProcess, spawn } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { atExit } from './cleanup.ts';
import { PROGRAM } from './program.ts';

/** A running `serve`, and where it listens. */
export interface ServedProgram {
  readonly child: ChildProcess;
  readonly port: number;
  /** What it has said on standard error so far. */
  readonly log: () => string;
  /** Waits until the log has this. */
  readonly says: (what: RegExp) => Promise<void>;
  readonly stop: () => Promise<number | null>;
}

/** Starts `serve` on a free port of this machine. */
export async function serveProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServedProgram> {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--web.listen-address', '127.0.0.1:0', ...args], {
    env: { PATH, HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const remove = atExit(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((settle) => child.once('exit', (code) => settle(code)));
  const says = async (what: RegExp): Promise<void> => {
    while (!what.test(said)) {
      if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}: ${said}`);
      await new Promise((settle) => setTimeout(settle, 20));
    }
  };
  await says(/listening on/);
  return {
    child,
    port: Number(/listening on https?:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]),
    log: () => said,
    says,
    stop: async () => {
      child.kill('SIGTERM');
      const code = await ended;
      remove();
      return code;
    },
  };
}

/** What came back. */
export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Asks for a path; `tls` makes it HTTPS. Rejects where no answer comes. */
export function get(port: number, path: string, options: RequestOptions & { tls?: boolean } = {}): Promise<Got> {
  const { tls, ...rest } = options;
  const request = tls ? httpsRequest : httpRequest;
  return new Promise((settle, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, agent: false, ...rest }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(parts).toString();
        settle({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Asks until the answer is as wanted: for what takes the program a while. */
export async function until(ask: () => Promise<Got>, wanted: (got: Got) => boolean): Promise<Got> {
  for (;;) {
    const got = await ask();
    if (wanted(got)) return got;
    await new Promise((settle) => setTimeout(settle, 100));
  }
}
