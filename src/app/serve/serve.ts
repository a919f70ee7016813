import type { AddressInfo } from 'node:net';
import { eventSentence } from '../../format/event-sentence.ts';
import { openHost } from '../../host/open-host.ts';
import { diagnosingObserver } from '../base/diagnosing-observer.ts';
import { printError, toldLog } from '../base/print-error.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { thresholdsOf } from '../base/thresholds-of.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import { samplerConfig, UserError } from '../children/collect.ts';
import { SamplerClient } from '../children/sampler/client.ts';
import { Exporter } from './exporter.ts';
import { isLoopback, parseListenAddress } from './listen-address.ts';
import type { Naming } from './names.ts';
import { WebServer } from './web.ts';

/** What `serve` was told. */
export interface ServeFlags {
  /** `--web.listen-address`. */
  readonly listenAddress: string;
  /** `--web.config.file`. */
  readonly configFile?: string;
  /** `--web.telemetry-path`. */
  readonly telemetryPath: string;
  readonly naming: Naming;
}

/** Between two ticks: kubelet's own housekeeping is 10 s, and a scrape a minute needs no more. */
const INTERVAL_SECONDS = 15;

/** Over ten thousand sick nodes 2 % of a core each would be 200 cores. */
const BUDGET_PCT = 0.5;

/** The rhythm of the watchdog, beside which a tick that does not come is noticed. */
const WATCH_MS = 5_000;

/** A sampler process that has been silent for so many intervals, and at least a minute, is started again. */
const KILL_AFTER_INTERVALS = 8;

/**
 * Serves metrics and reports of this node until it is told to end; the answer is the exit code. Everything is read
 * only: nothing that can be asked for reads, drops, traces or profiles anything.
 */
export async function serve(settings: Settings, flags: ServeFlags): Promise<number> {
  const address = parseListenAddress(flags.listenAddress);
  if (!flags.telemetryPath.startsWith('/') || flags.telemetryPath === '/') {
    throw new WrongUsage(`--web.telemetry-path ${flags.telemetryPath}: it begins with /, and / is the page`);
  }
  let now = settings;
  const config = { ...samplerConfig(settings, 'live', INTERVAL_SECONDS), yields: true };
  const sampled = { ...config, budgetPct: settings.probeBudgetPct ?? BUDGET_PCT };
  const { origin } = openHost(settings.root);
  const observer = diagnosingObserver(() => thresholdsOf(now.thresholds));
  const exporter = new Exporter({
    observer,
    origin: origin.kind,
    settings: () => now,
    intervalSeconds: sampled.intervalSeconds,
    telemetryPath: flags.telemetryPath,
    naming: flags.naming,
  });
  const web = new WebServer(flags.configFile, exporter.pages, log);
  if (!isLoopback(address) && !web.isProtected) {
    log(`warning: ${flags.listenAddress} is reachable from elsewhere, without TLS and without a password`);
  }
  return new Promise<number>((settle, reject) => {
    let told = 0;
    const client = new SamplerClient(
      sampled,
      {
        onTick: (tick) => {
          const { events, drops } = observer.take(tick);
          exporter.ticked();
          // The log of events keeps the newest; what is older than it was told already.
          for (const event of events.filter(({ at }) => at > told)) log(eventSentence(event, drops).text);
          told = Math.max(told, ...events.map(({ at }) => at));
        },
        onChunk: () => {},
        onDeath: (reason) => {
          exporter.restarted(reason);
          log(`the sampler process ended (${reason}) and is started again`);
        },
        onFailed: (message) => end(new UserError(message)),
      },
      toldLog(settings.log),
    );
    const watchdog = setInterval(() => {
      const silent = exporter.silentSeconds ?? 0;
      if (silent > Math.max(60, KILL_AFTER_INTERVALS * sampled.intervalSeconds)) client.kill();
    }, WATCH_MS);
    const reload = (): void => {
      try {
        now = { ...now, ...settings.reload(), root: settings.root };
        log('the configuration was read again');
      } catch (error) {
        if (!(error instanceof WrongUsage)) throw error;
        log(`${error.message}; what was configured before stays`);
      }
      web.reload();
    };
    const stop = (): void => end();
    const end = (error?: Error): void => {
      clearInterval(watchdog);
      process.off('SIGTERM', stop).off('SIGINT', stop).off('SIGHUP', reload);
      client.leave();
      web.close();
      if (error === undefined) settle(EXIT.fine);
      else reject(error);
    };
    process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', reload);
    web.listen(address).then(
      (bound) => log(`listening on ${web.scheme}://${shown(bound)}${flags.telemetryPath}`),
      (error: NodeJS.ErrnoException) =>
        end(new WrongUsage(`--web.listen-address ${flags.listenAddress}: ${error.code ?? error.message}`)),
    );
  });
}

/** One line on standard error, which journald and kubelet keep with a time of their own. */
function log(line: string): void {
  printError(line);
}

function shown({ address, port, family }: AddressInfo): string {
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}
