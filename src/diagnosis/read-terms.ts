import type { EpochMs } from '../core/clock.ts';
import { isKnown, isMissing, knownOr, type Maybe } from '../core/missing.ts';
import { isRootRead } from '../core/root-cgroup.ts';
import type { Model, ReadModel } from '../model/model.ts';
import { amount } from './amount.ts';
import { costSeconds, secondsNow } from './read-times.ts';

/** What reading one cgroup costs kubelet. */
export interface AttributionTerm {
  readonly path: string;
  /** One round of reads of this cgroup: its memory.stat and what else of it is slow. */
  readonly seconds: number;
  /** Of one core: c / (c + T). */
  readonly pct: number;
}

/** What kubelet's reads cost, as far as they were timed. */
export interface ReadTerms {
  /** The largest few, the largest first. */
  readonly terms: readonly AttributionTerm[];
  /** All others together. */
  readonly rest: { readonly cgroups: number; readonly pct: number };
  /** What it reads and was not timed: `/kubepods`, `memory.usage_in_bytes of /`. */
  readonly untimed: readonly string[];
  /** When the oldest read of the largest terms began. */
  readonly timedSince: EpochMs;
}

/** As many cgroups are named; hundreds of leaves together are next to nothing. */
const MOST_TERMS = 6;

/**
 * kubelet's cAdvisor reads the root and what is below kubepods. The largest few are picked in one pass: there can be
 * thousands of leaves, and this runs with every tick.
 */
export function readTerms(model: Model, interval: number): ReadTerms {
  const numaStat = readsNumaStat(model);
  const others = otherFiles(model, numaStat);
  const terms: (AttributionTerm & { readonly at: EpochMs })[] = [];
  const timed = new Set<string>();
  let allPct = 0;
  for (const read of model.reads) {
    const { path } = read;
    if (read.file !== 'memory.stat' || !kubeletReads(path)) continue;
    const cost = costNow(read);
    if (isMissing(cost)) continue;
    timed.add(path);
    const seconds = cost + (others.seconds.get(path) ?? 0);
    const pct = (seconds / (seconds + interval)) * 100;
    allPct += pct;
    const last = terms.at(-1);
    if (terms.length === MOST_TERMS && last !== undefined && pct <= last.pct) continue;
    const place = terms.findIndex((term) => pct > term.pct);
    const at = read.at - knownOr(amount(read.wallSeconds), 0) * 1000;
    terms.splice(place === -1 ? terms.length : place, 0, { path, seconds, pct, at });
    terms.length = Math.min(terms.length, MOST_TERMS);
  }
  const restPct = terms.reduce((left, term) => left - term.pct, allPct);
  return {
    terms: terms.map(({ path, seconds, pct }) => ({ path, seconds, pct })),
    rest: { cgroups: timed.size - terms.length, pct: Math.max(0, restPct) },
    untimed: [...untimedCgroups(model, timed), ...others.untimed],
    timedSince: terms.reduce((oldest, { at }) => Math.min(oldest, at), model.instant.at),
  };
}

function kubeletReads(path: string): boolean {
  return path === '/' || path.includes('kubepods');
}

/** Without a list of cgroups nobody knows what else there is to read. */
function untimedCgroups({ memcg }: Model, timed: ReadonlySet<string>): string[] {
  const listed = isMissing(memcg.cgroups)
    ? ['cgroups that were not listed yet']
    : memcg.cgroups.map(({ path }) => path);
  const wanted = new Set(['/', ...listed.filter((path) => isMissing(memcg.cgroups) || kubeletReads(path))]);
  return [...wanted].filter((path) => !timed.has(path));
}

function costNow(read: ReadModel): Maybe<number> {
  const wallSeconds = secondsNow(read);
  return isMissing(wallSeconds) ? wallSeconds : costSeconds({ wallSeconds, cpuSeconds: amount(read.cpuSeconds) });
}

/** A file that takes less, every ten seconds, is a thousandth of a core. */
const WORTH_SECONDS = 0.01;

/** What else of a cgroup is slow to read: the usage of a v1 root is a second walk, numa_stat another one. */
function otherFiles(
  model: Model,
  numaStat: 'yes' | 'no' | 'unknown',
): { seconds: ReadonlyMap<string, number>; untimed: readonly string[] } {
  const seconds = new Map<string, number>();
  const untimed: string[] = [];
  for (const read of model.reads) {
    if (read.file === 'memory.stat' || !kubeletReads(read.path)) continue;
    if (read.file === 'memory.numa_stat' && numaStat === 'no') continue;
    const cost = costNow(read);
    const name = `${read.file} of ${read.path}`;
    if (isMissing(cost)) untimed.push(name);
    else if (read.file === 'memory.numa_stat' && numaStat === 'unknown') {
      if (cost >= WORTH_SECONDS) untimed.push(`${name}, which kubelet may read`);
    } else seconds.set(read.path, (seconds.get(read.path) ?? 0) + cost);
  }
  const usage = model.reads.some((read) => isRootRead(read, 'memory.usage_in_bytes'));
  if (model.host.cgroup === 'v1' && !usage) untimed.push('memory.usage_in_bytes of /');
  return { seconds, untimed };
}

/** The runc library reads memory.numa_stat since the one that Kubernetes 1.20 has. */
const NUMA_STAT_SINCE = 20;

/**
 * Newer cAdvisor reads memory.numa_stat too. Seen in kubelet's hands it does; but kubelet 1.26 closes a quick file before
 * anybody looks, so that not to have seen it says nothing: then the release decides, where it is known.
 */
function readsNumaStat({ kubelet }: Model): 'yes' | 'no' | 'unknown' {
  if (isMissing(kubelet)) return 'unknown';
  const seen = knownOr(kubelet.heldFiles, []).some(
    ({ pid, file }) => pid === kubelet.pid && file.endsWith('/memory.numa_stat'),
  );
  if (seen) return 'yes';
  const minor = isKnown(kubelet.version) ? /^v1\.([0-9]+)/.exec(kubelet.version)?.[1] : undefined;
  if (minor === undefined) return 'unknown';
  return Number(minor) >= NUMA_STAT_SINCE ? 'yes' : 'no';
}
