import type { EpochMs } from '../core/clock.ts';
import { isMissing, knownOr, type Maybe, missing } from '../core/missing.ts';
import type { Model } from '../model/model.ts';
import { costSeconds, lastDrop, secondsNow, type TimedFile } from './read-times.ts';
import { amount } from './rules/inputs.ts';

/** kubelet's own default of `--housekeeping-interval`. */
const DEFAULT_HOUSEKEEPING_SECONDS = 10;

/** What reading one cgroup costs kubelet. */
interface AttributionTerm {
  readonly path: string;
  /** One round of reads of this cgroup: its memory.stat and what else of it is slow. */
  readonly seconds: number;
  /** Of one core: c / (c + T). */
  readonly pct: number;
}

/** How much of kubelet's system CPU the measured read times explain. */
export interface AttributionKnown {
  /** The largest first. */
  readonly terms: readonly AttributionTerm[];
  readonly housekeepingSeconds: number;
  /** Whether the interval stands on kubelet's command line; else it is the default. */
  readonly intervalGiven: boolean;
  /** All terms together: what the reads would take of one core. */
  readonly sumPct: number;
  /** kubelet's measured system CPU, of one core. */
  readonly observedPct: number;
  /** The sum, but no more than was observed. */
  readonly explainedPct: number;
  /** The explained part of what was observed. */
  readonly sharePct: number;
}

/** Or why it cannot be told. */
export type Attribution = Maybe<AttributionKnown>;

/**
 * cAdvisor has one loop for each cgroup: it reads the cgroup's files, then rests for the housekeeping interval T. A
 * round that takes c seconds of CPU therefore takes c / (c + T) of a core, and the loops add up. It is an upper bound
 * where T grows by itself (cAdvisor's dynamic housekeeping), so that it never counts for more than was observed.
 */
export function deriveAttribution(model: Model): Attribution {
  const { kubelet } = model;
  if (isMissing(kubelet)) return kubelet;
  const observedPct = amount(kubelet.systemPct);
  if (isMissing(observedPct)) return observedPct;
  const rounds = roundsOf(model, readsNumaStat(model));
  if (!rounds.has('/')) return missing('warming-up', 'memory.stat of the root has not been read yet');
  const given = amount(kubelet.housekeepingSeconds);
  const intervalGiven = !isMissing(given) && given > 0;
  const housekeepingSeconds = intervalGiven ? given : DEFAULT_HOUSEKEEPING_SECONDS;
  const terms = [...rounds]
    .map(([path, seconds]) => ({ path, seconds, pct: (seconds / (seconds + housekeepingSeconds)) * 100 }))
    .sort((a, b) => b.pct - a.pct || a.path.localeCompare(b.path));
  const sumPct = terms.reduce((sum, term) => sum + term.pct, 0);
  const explainedPct = Math.min(sumPct, observedPct);
  const sharePct = observedPct === 0 ? 0 : (explainedPct / observedPct) * 100;
  return { terms, housekeepingSeconds, intervalGiven, sumPct, observedPct, explainedPct, sharePct };
}

/** kubelet's cAdvisor reads the root and what is below kubepods; a v1 root's usage is a second walk. */
function roundsOf(model: Model, withNumaStat: boolean): Map<string, number> {
  const files = new Set<TimedFile>(['memory.stat', 'memory.usage_in_bytes']);
  if (withNumaStat) files.add('memory.numa_stat');
  const droppedAt: EpochMs | undefined = lastDrop(model);
  const rounds = new Map<string, number>();
  const withStat = new Set<string>();
  for (const read of model.reads) {
    if (!files.has(read.file) || !(read.path === '/' || read.path.includes('kubepods'))) continue;
    const wallSeconds = secondsNow(read, droppedAt);
    if (isMissing(wallSeconds)) continue;
    const seconds = costSeconds({ wallSeconds, cpuSeconds: amount(read.cpuSeconds) });
    if (read.file === 'memory.stat') withStat.add(read.path);
    rounds.set(read.path, (rounds.get(read.path) ?? 0) + seconds);
  }
  for (const path of rounds.keys()) if (!withStat.has(path)) rounds.delete(path);
  return rounds;
}

/** Newer cAdvisor reads memory.numa_stat too: then it is seen open in kubelet's hands. */
function readsNumaStat({ kubelet }: Model): boolean {
  if (isMissing(kubelet)) return false;
  return knownOr(kubelet.heldFiles, []).some(
    ({ pid, file }) => pid === kubelet.pid && file.endsWith('/memory.numa_stat'),
  );
}
