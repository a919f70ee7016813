import { isMissing, type Maybe, missing } from '../core/missing.ts';
import type { History } from '../model/history.ts';
import type { Model } from '../model/model.ts';
import { ONLY_A_PART, seesOnlyPart } from '../model/root-read.ts';
import { amount } from './amount.ts';
import { kubeletCpu } from './kubelet-cpu.ts';
import { type AttributionTerm, type ReadTerms, readTerms } from './read-terms.ts';
import { type SeenReading, seenReading } from './seen-reading.ts';

/** kubelet's own default of `--housekeeping-interval`. */
const DEFAULT_HOUSEKEEPING_SECONDS = 10;

/** How much of kubelet's system CPU the measured read times explain. */
export interface AttributionKnown {
  /** The largest few, the largest first. */
  readonly terms: readonly AttributionTerm[];
  /** All others together. */
  readonly rest: ReadTerms['rest'];
  /** What kubelet reads and nobody has timed since the last drop: while there is any, the sum is "at least". */
  readonly untimed: ReadTerms['untimed'];
  readonly housekeepingSeconds: number;
  /** Whether the interval stands on kubelet's command line; else it is the default. */
  readonly intervalGiven: boolean;
  /** All terms together: what the reads would take of one core. */
  readonly sumPct: number;
  /** kubelet's measured system CPU, of one core, over the time of the reads. */
  readonly observedPct: number;
  /** How long that is; 0: the last sample alone. */
  readonly observedSeconds: number;
  /** The sum, but no more than was observed. */
  readonly explainedPct: number;
  /** The explained part of what was observed. */
  readonly sharePct: number;
  /** What kubelet's own open files say, without any read of ours. */
  readonly seen: Maybe<SeenReading>;
}

/** Or why it cannot be told. */
export type Attribution = Maybe<AttributionKnown>;

/**
 * cAdvisor has one loop for each cgroup: it reads the cgroup's files, then rests for the housekeeping interval T. A
 * round that takes c seconds of CPU therefore takes c / (c + T) of a core, and the loops add up. It is an upper bound
 * where T grows by itself (cAdvisor's dynamic housekeeping), so that it never counts for more than was observed.
 */
export function deriveAttribution(model: Model, history: History): Attribution {
  const { kubelet } = model;
  if (isMissing(kubelet)) return kubelet;
  if (seesOnlyPart(model.host)) return ONLY_A_PART;
  const given = amount(kubelet.housekeepingSeconds);
  const intervalGiven = !isMissing(given) && given > 0;
  const housekeepingSeconds = intervalGiven ? given : DEFAULT_HOUSEKEEPING_SECONDS;
  const { terms, rest, untimed, timedSince } = readTerms(model, housekeepingSeconds);
  const since = model.instant.monotonicSeconds - (model.instant.at - timedSince) / 1000;
  const { systemPct: observedPct, overSeconds } = kubeletCpu(kubelet, model, history, since);
  if (isMissing(observedPct)) return observedPct;
  const seen = seenReading(kubelet);
  if (terms.length === 0 && isMissing(seen)) {
    return missing('warming-up', 'memory.stat of the root has not been read yet');
  }
  const sumPct = terms.reduce((sum, term) => sum + term.pct, rest.pct);
  const explainedPct = Math.min(sumPct, observedPct);
  return {
    terms,
    rest,
    untimed,
    housekeepingSeconds,
    intervalGiven,
    sumPct,
    observedPct,
    observedSeconds: overSeconds,
    explainedPct,
    sharePct: shareOf(explainedPct, observedPct),
    seen,
  };
}

/** A part of what was observed, in percent of it; nothing where nothing was observed. */
export function shareOf(partPct: number, observedPct: number): number {
  return observedPct === 0 ? 0 : (Math.min(partPct, observedPct) / observedPct) * 100;
}

/** Whether the sum lacks something that kubelet reads. */
export function isAtLeast({ untimed }: Pick<AttributionKnown, 'untimed'>): boolean {
  return untimed.length > 0;
}
