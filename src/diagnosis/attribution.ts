import type { EpochMs } from '../core/clock.ts';
import { isMissing, knownOr, type Maybe, missing } from '../core/missing.ts';
import type { Model, ReadModel } from '../model/model.ts';
import { ONLY_A_PART, seesOnlyPart } from '../model/root-read.ts';
import { costSeconds, lastDrop, secondsNow } from './read-times.ts';
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
  /** The largest few, the largest first. */
  readonly terms: readonly AttributionTerm[];
  /** All others together. */
  readonly rest: { readonly cgroups: number; readonly pct: number };
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
  if (seesOnlyPart(model.host)) return ONLY_A_PART;
  const observedPct = amount(kubelet.systemPct);
  if (isMissing(observedPct)) return observedPct;
  const given = amount(kubelet.housekeepingSeconds);
  const intervalGiven = !isMissing(given) && given > 0;
  const housekeepingSeconds = intervalGiven ? given : DEFAULT_HOUSEKEEPING_SECONDS;
  const { terms, rest, rootKnown } = termsOf(model, housekeepingSeconds);
  if (!rootKnown) return missing('warming-up', 'memory.stat of the root has not been read yet');
  const sumPct = terms.reduce((sum, term) => sum + term.pct, rest.pct);
  const explainedPct = Math.min(sumPct, observedPct);
  const sharePct = observedPct === 0 ? 0 : (explainedPct / observedPct) * 100;
  return { terms, rest, housekeepingSeconds, intervalGiven, sumPct, observedPct, explainedPct, sharePct };
}

/** As many cgroups are named; hundreds of leaves together are next to nothing. */
const MOST_TERMS = 6;

/**
 * kubelet's cAdvisor reads the root and what is below kubepods. The largest few are picked in one pass: there can be
 * thousands of leaves, and this runs with every tick.
 */
function termsOf(model: Model, interval: number): Pick<AttributionKnown, 'terms' | 'rest'> & { rootKnown: boolean } {
  const droppedAt = lastDrop(model);
  const others = otherFiles(model, droppedAt);
  const terms: AttributionTerm[] = [];
  let cgroups = 0;
  let allPct = 0;
  let rootKnown = false;
  for (const read of model.reads) {
    const { path } = read;
    if (read.file !== 'memory.stat' || !(path === '/' || path.includes('kubepods'))) continue;
    const cost = costNow(read, droppedAt);
    if (isMissing(cost)) continue;
    rootKnown ||= path === '/';
    const seconds = cost + (others.get(path) ?? 0);
    const pct = (seconds / (seconds + interval)) * 100;
    cgroups += 1;
    allPct += pct;
    const last = terms.at(-1);
    if (terms.length === MOST_TERMS && last !== undefined && pct <= last.pct) continue;
    const place = terms.findIndex((term) => pct > term.pct);
    terms.splice(place === -1 ? terms.length : place, 0, { path, seconds, pct });
    terms.length = Math.min(terms.length, MOST_TERMS);
  }
  const restPct = terms.reduce((left, term) => left - term.pct, allPct);
  return { terms, rest: { cgroups: cgroups - terms.length, pct: Math.max(0, restPct) }, rootKnown };
}

function costNow(read: ReadModel, droppedAt: EpochMs | undefined): Maybe<number> {
  const wallSeconds = secondsNow(read, droppedAt);
  return isMissing(wallSeconds) ? wallSeconds : costSeconds({ wallSeconds, cpuSeconds: amount(read.cpuSeconds) });
}

/** What else of a cgroup is slow to read: the usage of a v1 root is a second walk. */
function otherFiles(model: Model, droppedAt: EpochMs | undefined): ReadonlyMap<string, number> {
  const withNumaStat = readsNumaStat(model);
  const others = new Map<string, number>();
  for (const read of model.reads) {
    if (read.file === 'memory.stat' || (read.file === 'memory.numa_stat' && !withNumaStat)) continue;
    const cost = costNow(read, droppedAt);
    if (!isMissing(cost)) others.set(read.path, (others.get(read.path) ?? 0) + cost);
  }
  return others;
}

/** Newer cAdvisor reads memory.numa_stat too: then it is seen open in kubelet's hands. */
function readsNumaStat({ kubelet }: Model): boolean {
  if (isMissing(kubelet)) return false;
  return knownOr(kubelet.heldFiles, []).some(
    ({ pid, file }) => pid === kubelet.pid && file.endsWith('/memory.numa_stat'),
  );
}
