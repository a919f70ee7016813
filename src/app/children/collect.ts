import { isMissing } from '../../core/missing.ts';
import { openHost } from '../../host/open-host.ts';
import type { Observer } from '../../model/observer.ts';
import type { Chunk } from '../../recording/chunk.ts';
import type { Tick } from '../../samplers/tick.ts';
import { diagnosingObserver } from '../base/diagnosing-observer.ts';
import { printError, toldLog } from '../base/print-error.ts';
import { Recorder, recordingHeader } from '../base/recorder.ts';
import type { Settings } from '../base/settings.ts';
import { thresholdsOf } from '../base/thresholds-of.ts';
import { SamplerClient } from './sampler/client.ts';
import type { SamplerConfig } from './sampler/protocol.ts';

/** Between the two samples that a rate takes. */
const REPORT_INTERVAL_SECONDS = 1;

/** A report waits this long for the slow reads; what has not come back then is reported as still being read. */
const PATIENCE_SECONDS = 20;

/** What was asked for cannot be done here: the message says why, to the person who asked. No stack is printed. */
export class UserError extends Error {}

/** The sampler configuration that the settings ask for. */
export function samplerConfig(settings: Settings, mode: SamplerConfig['mode'], intervalSeconds: number): SamplerConfig {
  const { pid, processName, nodeName, cgroupRoot, lockFile } = settings;
  return {
    root: settings.root,
    intervalSeconds: settings.delaySeconds ?? intervalSeconds,
    budgetPct: settings.probeBudgetPct ?? 2,
    dyingWarning: thresholdsOf(settings.thresholds).dyingWarning,
    screenPid: process.pid,
    mode,
    patienceSeconds: PATIENCE_SECONDS,
    ...(pid === undefined ? {} : { pid }),
    ...(processName === undefined ? {} : { processName }),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(cgroupRoot === undefined ? {} : { cgroupRoot }),
    ...(lockFile === undefined ? {} : { lockFile }),
  };
}

/** Signals that end a report that is recorded: what was read so far is worth keeping. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Samples for reports, and records them where the settings say so: every tick is complete, the first has no rates.
 * `onTick` is called with the number of ticks so far and answers whether it wants another one. `onChunk` gets what was
 * read, all of it before this is done. The answer is false where a recording was asked for and could not be written.
 */
export async function collect(
  settings: Settings,
  onTick: (observer: Observer, ticks: number) => boolean,
  onChunk?: (chunk: Chunk) => void,
): Promise<boolean> {
  const observer = diagnosingObserver(() => thresholdsOf(settings.thresholds));
  const recorder = settings.record === undefined ? undefined : new Recorder();
  const log = toldLog(settings.log);
  let ticks = 0;
  let ended = false;
  let isRecorded = true;
  await new Promise<void>((settle, reject) => {
    const end = async (error?: Error) => {
      if (ended) return;
      ended = true;
      for (const signal of ENDING) process.off(signal, interrupted);
      if (recorder === undefined && onChunk === undefined) client.leave();
      else await client.finish();
      await recorder?.close();
      clearInterval(alive);
      if (error === undefined) settle();
      else reject(error);
    };
    const interrupted = () => void end();
    const client = new SamplerClient(
      samplerConfig(settings, 'complete', REPORT_INTERVAL_SECONDS),
      {
        onTick: (tick: Tick) => {
          if (ended) return;
          observer.take(tick);
          ticks += 1;
          if (!onTick(observer, ticks)) void end();
        },
        onChunk: (chunk) => {
          recorder?.take(chunk);
          onChunk?.(chunk);
        },
        onDeath: (reason) => void end(new UserError(`the sampler process ended: ${reason}`)),
        onFailed: (message) => void end(new UserError(message)),
      },
      log,
    );
    // The child is unreferenced, so that quitting never waits for it; something else has to keep us here meanwhile.
    const alive = setInterval(() => {}, 60_000);
    if (recorder === undefined || settings.record === undefined) return;
    for (const signal of ENDING) process.on(signal, interrupted);
    // The reports are what was asked for first: they go on where they cannot be recorded.
    const notRecorded = (message: string) => {
      isRecorded = false;
      printError(`not recorded: ${message}`, log);
    };
    void recorder.open(settings.record, recordingHeader(openHost(settings.root).origin), notRecorded).then((opened) => {
      if (isMissing(opened)) notRecorded(opened.detail ?? opened.unavailable);
    });
  });
  return isRecorded;
}
