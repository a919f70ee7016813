import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { printable } from '../../format/printable.ts';
import { PRINTER } from '../../format/printer.ts';
import { Observer } from '../../model/observer.ts';
import { openLog } from '../base/error-log.ts';
import { reportOf } from '../base/report-of.ts';
import type { Setting } from '../base/settings.ts';
import { samplerConfig } from '../children/collect.ts';
import { SamplerClient } from '../children/sampler/client.ts';

/** Exit codes of `check`, which a node-problem-detector custom plugin understands. */
const CHECK_EXIT = { healthy: 0, sick: 1, unknown: 2 } as const;

/** How `check` decides. */
export interface CheckOptions {
  /** Whether a warning is sick too. Many dying cgroups on a kernel where reads stay fast are a warning. */
  readonly failOn: 'critical' | 'warning';
  /** It never takes longer, even while a read hangs. */
  readonly timeoutSeconds: number;
}

/** Beside an open screen, what that tells of the root is taken for the present for so long. */
const TOLD_FOR_SECONDS = 30;

/** What is left of the timeout for starting the sampler process and printing the line. */
const RESERVE_SECONDS = 0.7;

/**
 * Prints one line and answers with the exit code. Cheap signals come first, then one read of the root's memory.stat;
 * when that does not come back in time, the time it has taken so far is a lower bound, and enough for a verdict.
 */
export async function check(setting: Setting, options: CheckOptions): Promise<number> {
  const { line, code } = await verdictOf(setting, options);
  process.stdout.write(`${printable(line)}\n`);
  return code;
}

interface Verdict {
  readonly line: string;
  readonly code: number;
}

function verdictOf(setting: Setting, options: CheckOptions): Promise<Verdict> {
  const patienceSeconds = Math.max(0.2, options.timeoutSeconds - RESERVE_SECONDS);
  const config = { ...samplerConfig(setting, 'complete', 1), patienceSeconds, toldForSeconds: TOLD_FOR_SECONDS };
  const observer = new Observer();
  return new Promise((settle) => {
    const end = (verdict: Verdict) => {
      clearTimeout(timer);
      client.leave();
      settle(verdict);
    };
    const nothing = (why: string) => end({ line: `UNKNOWN ${why}`, code: CHECK_EXIT.unknown });
    const client = new SamplerClient(
      config,
      {
        onTick: (tick) => {
          observer.take(tick);
          end(judge(reportOf(setting, observer).diagnosis, options));
        },
        onChunk: () => {},
        onDeath: (reason) => nothing(`the sampler process ended: ${reason}`),
        onFailed: nothing,
      },
      openLog(setting.log),
    );
    const timer = setTimeout(
      () => nothing(`nothing could be read within ${options.timeoutSeconds} s`),
      options.timeoutSeconds * 1000 - 200,
    );
  });
}

const WORDS = { critical: 'CRITICAL', warning: 'WARNING', unknown: 'UNKNOWN', info: 'OK', ok: 'OK' } as const;

function judge(diagnosis: Diagnosis | undefined, { failOn }: CheckOptions): Verdict {
  if (diagnosis === undefined) return { line: 'UNKNOWN no diagnosis', code: CHECK_EXIT.unknown };
  const { overall, headline } = diagnosis;
  return { line: `${WORDS[overall]} ${say(headline, PRINTER)}`, code: codeOf(overall, failOn) };
}

function codeOf(overall: Diagnosis['overall'], failOn: CheckOptions['failOn']): number {
  if (overall === 'critical') return CHECK_EXIT.sick;
  if (overall === 'warning') return failOn === 'warning' ? CHECK_EXIT.sick : CHECK_EXIT.healthy;
  return overall === 'unknown' ? CHECK_EXIT.unknown : CHECK_EXIT.healthy;
}

/**
 * The configuration of a node-problem-detector custom plugin that runs `check`. Its interval is long because on a sick
 * node every check makes one of the reads that are the sickness: seconds of a core that nothing can interrupt.
 * https://github.com/kubernetes/node-problem-detector/blob/master/docs/custom_plugin_monitor.md
 */
export function npdConfig(program: string): string {
  const config = {
    plugin: 'custom',
    pluginConfig: {
      invoke_interval: '15m',
      timeout: '10s',
      max_output_length: 200,
      concurrency: 1,
      enable_message_change_based_condition_update: false,
    },
    source: 'slabtop-k8s-monitor',
    metricsReporting: true,
    conditions: [
      {
        type: 'SlowMemoryCgroups',
        reason: 'MemoryCgroupsAreReadQuickly',
        message: 'memory.stat is read quickly, or nothing is known that speaks against it',
      },
    ],
    rules: [
      {
        type: 'permanent',
        condition: 'SlowMemoryCgroups',
        reason: 'DyingMemoryCgroups',
        path: program,
        args: ['check', '--timeout', '8'],
        timeout: '9s',
      },
    ],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
