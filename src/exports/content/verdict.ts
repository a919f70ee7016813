import { say } from '../../diagnosis/prose/say.ts';
import { PRINTER } from '../../format/printer.ts';
import { type Verdict, verdictOf } from '../../format/verdict-sentence.ts';
import type { Model } from '../../model/model.ts';
import type { Report } from '../report.ts';

/** The node in one sentence: the headline of the diagnosis, or without a diagnosis what the numbers say by themselves. */
export function verdictOfReport({ model, diagnosis }: Report): Verdict {
  if (diagnosis === undefined) return verdictOf(model, secondsInRootRead(model));
  return { severity: diagnosis.overall, sentence: say(diagnosis.headline, PRINTER) };
}

function secondsInRootRead({ instant, probes: { inFlight } }: Model): number | undefined {
  if (inFlight?.path !== '/' || inFlight.file !== 'memory.stat') return undefined;
  return instant.monotonicSeconds - inFlight.since.monotonicSeconds;
}
