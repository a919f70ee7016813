import { type Maybe, missing } from '../../core/missing.ts';
import { Observer } from '../../model/observer.ts';
import { toldLog } from '../base/print-error.ts';
import { reportOf } from '../base/report-of.ts';
import type { Settings } from '../base/settings.ts';
import { samplerConfig } from '../children/collect.ts';
import { SamplerClient } from '../children/sampler/client.ts';
import { SecondSample } from '../children/second-sample.ts';
import { type Heard, heardOf } from './check-document.ts';

/** Between two samples: a rate takes two. */
const INTERVAL_SECONDS = 1;

/** Beside an open screen, what that tells of the root is taken for the present for so long. */
const TOLD_FOR_SECONDS = 30;

/** What is left of the timeout for judging and printing the line. */
const RESERVE_SECONDS = 0.5;

/**
 * Samples until every rule that this can hear has been heard: the second sample is there, and the slow reads that are
 * due have come back. Cheap signals come first, then the root's memory.stat; when that does not come back in time, the
 * time it has taken so far is a lower bound, and enough for a verdict. Missing where not even that was to be had.
 *
 * The timeout is wall time from the start of this process: on a node whose CPU is gone that may be long ago.
 */
export function runCheck(settings: Settings, timeoutSeconds: number): Promise<Maybe<Heard>> {
  // Whatever interval is configured is that of the screen.
  const intervalSeconds = INTERVAL_SECONDS;
  const config = {
    ...samplerConfig(settings, 'check', intervalSeconds),
    ...{ intervalSeconds, toldForSeconds: TOLD_FOR_SECONDS },
  };
  const observer = new Observer();
  const second = new SecondSample();
  let samples = 0;
  let timer: NodeJS.Timeout | undefined;
  return new Promise((settle) => {
    const end = (outcome: Maybe<Heard>) => {
      clearTimeout(timer);
      client.leave();
      settle(outcome);
    };
    const judge = (): Maybe<Heard> => {
      const { model, diagnosis } = reportOf(settings, observer);
      return diagnosis === undefined ? missing('failed', 'no diagnosis') : heardOf(model, diagnosis);
    };
    const nothing = (why: string) => end(missing('failed', why));
    const client = new SamplerClient(
      config,
      {
        onTick: (tick) => {
          observer.take(tick);
          samples += 1;
          if (second.take(observer.model) && tick.probes.inFlight === undefined) end(judge());
        },
        onChunk: () => {},
        onDeath: (reason) => nothing(`the sampler process ended: ${reason}`),
        onFailed: nothing,
      },
      toldLog(settings.log),
    );
    timer = setTimeout(
      () => (samples > 0 ? end(judge()) : nothing(`nothing could be read within ${timeoutSeconds} s`)),
      Math.max(0, timeoutSeconds - RESERVE_SECONDS - process.uptime()) * 1000,
    );
  });
}
