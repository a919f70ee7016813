import { Observer } from '../model/observer.ts';
import type { Tick } from '../samplers/tick.ts';
import type { Setting } from './command-line.ts';
import { openLog } from './error-log.ts';
import { SamplerClient } from './sampler/client.ts';
import type { SamplerConfig } from './sampler/protocol.ts';

/** Between the two samples that a rate takes. */
const REPORT_INTERVAL_SECONDS = 1;

/** A report waits this long for the slow reads; what has not come back then is reported as still being read. */
const PATIENCE_SECONDS = 20;

/** The sampler process cannot work here; the message says why. */
export class CannotSample extends Error {}

/** The sampler configuration that a setting asks for. */
export function samplerConfig(setting: Setting, mode: SamplerConfig['mode'], intervalSeconds: number): SamplerConfig {
  const { pid, processName, cgroupRoot, lockFile } = setting;
  return {
    root: setting.root,
    intervalSeconds: setting.delaySeconds ?? intervalSeconds,
    budgetPct: setting.probeBudgetPct ?? 2,
    screenPid: process.pid,
    mode,
    patienceSeconds: PATIENCE_SECONDS,
    ...(pid === undefined ? {} : { pid }),
    ...(processName === undefined ? {} : { processName }),
    ...(cgroupRoot === undefined ? {} : { cgroupRoot }),
    ...(lockFile === undefined ? {} : { lockFile }),
  };
}

/**
 * Samples for reports: every tick is complete, the first has no rates. `onTick` is called with the number of ticks so
 * far and answers whether it wants another one.
 */
export async function collect(setting: Setting, onTick: (observer: Observer, ticks: number) => boolean): Promise<void> {
  const observer = new Observer();
  let ticks = 0;
  await new Promise<void>((settle, reject) => {
    const config = samplerConfig(setting, 'complete', REPORT_INTERVAL_SECONDS);
    const end = (error?: Error) => {
      clearInterval(alive);
      client.leave();
      if (error === undefined) settle();
      else reject(error);
    };
    const client = new SamplerClient(
      config,
      {
        onTick: (tick: Tick) => {
          observer.take(tick);
          ticks += 1;
          if (!onTick(observer, ticks)) end();
        },
        onChunk: () => {},
        onDeath: (reason) => end(new CannotSample(`the sampler process ended: ${reason}`)),
        onFailed: (message) => end(new CannotSample(message)),
      },
      openLog(setting.log),
    );
    // The child is unreferenced, so that quitting never waits for it; something else has to keep us here meanwhile.
    const alive = setInterval(() => {}, 60_000);
  });
}
