import type { EpochMs } from '../core/clock.ts';
import { bothKnown, isMissing, type Maybe, type Missing, mapKnown, missing, NOT_YET } from '../core/missing.ts';
import type { ProbeStatus } from '../samplers/tick.ts';
import { growthPerSecond } from '../series/rate.ts';
import type { Meminfo } from '../sources/proc/meminfo.ts';
import type { SlabCache } from '../sources/proc/slabinfo.ts';
import { distinctCaches } from './distinct-caches.ts';
import type { History } from './history.ts';
import type { Pair, RunOf } from './latest.ts';
import type { CacheModel, DentryModel, SlabModel } from './model.ts';

/** What is added once the values of this tick are in the history. */
type Growth = 'growthBytesPerSecond' | 'growthPerSecond';

/** The caches of one slabinfo, derived once when it comes: there are hundreds. */
export interface SlabinfoDerived {
  readonly caches: Maybe<readonly CacheModel[]>;
  readonly dentryBytes: Maybe<number>;
  readonly at: EpochMs;
}

/** Derives what a slabinfo says, and puts the sizes into the history. Growth begins at `sinceSeconds` (monotonic). */
export function deriveSlabinfo(
  run: RunOf<'slabinfo'>,
  release: Maybe<string>,
  history: History,
  sinceSeconds: number,
): SlabinfoDerived {
  const caches = mapKnown(
    run.sample.slabinfo,
    (known): Maybe<readonly SlabCache[]> => distinctCaches(known.caches, release),
  );
  if (isMissing(caches)) return { caches, dentryBytes: caches, at: run.ended.at };
  for (const cache of caches) history.pushCache(cache.name, run.ended.monotonicSeconds, cache.sizeBytes);
  const rows = caches
    .map((cache) => cacheModel(cache, history, sinceSeconds))
    .sort((a, b) => b.sizeBytes - a.sizeBytes);
  return { caches: rows, dentryBytes: dentryBytes(caches), at: run.ended.at };
}

/**
 * Why there is no slabinfo: it has not come back yet, or it is not asked for at all, since its sizes take a page size
 * that this node does not tell, or since another instance probes here.
 */
export function whyNoSlabinfo(pageBytes: Maybe<number>, lock: ProbeStatus['lock']): Missing {
  if (typeof lock === 'object')
    return missing('disabled', `another instance, pid ${lock.heldByPid}, reads /proc/slabinfo`);
  return isMissing(pageBytes) ? pageBytes : NOT_YET;
}

/** Slab memory, from meminfo all the time and from slabinfo where it may be read. */
export function deriveSlab(
  memory: Pair<'memory'>,
  slabinfo: SlabinfoDerived | undefined,
  notRead: Missing,
): Omit<SlabModel, Growth> {
  const meminfo = memory.now?.sample.meminfo ?? NOT_YET;
  return {
    totalBytes: mapKnown(meminfo, slabBytes),
    reclaimableBytes: mapKnown(meminfo, (known) => known.sReclaimableBytes),
    unreclaimableBytes: mapKnown(meminfo, (known) => known.sUnreclaimBytes),
    caches: slabinfo?.caches ?? notRead,
    cachesAt: slabinfo?.at ?? notRead,
  };
}

/**
 * lxcfs fills meminfo in for a container: it says `Slab: 0` and hands the two parts through. The kernel's figure is
 * their sum, and no kernel runs without slab.
 */
function slabBytes({ slabBytes: total, sReclaimableBytes, sUnreclaimBytes }: Meminfo): Maybe<number> {
  if (total !== 0) return total;
  const sum = bothKnown(sReclaimableBytes, sUnreclaimBytes, (one, other) => one + other);
  if (isMissing(sum) || sum > 0) return sum;
  return missing('unsupported', 'no kernel has a slab of 0: this meminfo is made for a container');
}

function cacheModel(cache: SlabCache, history: History, sinceSeconds: number): CacheModel {
  const series = history.ofCache(cache.name);
  return {
    ...cache,
    usePct: cache.objects === 0 ? 0 : (cache.activeObjects / cache.objects) * 100,
    growthBytesPerSecond: series === undefined ? NOT_YET : growthPerSecond(series, sinceSeconds),
  };
}

/** On kernels with per-memcg caches their rows stand beside the root's as `dentry(123:name)`. */
const DENTRY_CACHE = /^dentry(?:\(|$)/;

/** Dentries: counted by the kernel in dentry-state, sized by slabinfo. */
export function deriveDentry(
  vfs: Pair<'vfs'>,
  slabinfo: SlabinfoDerived | undefined,
  notRead: Missing,
): Omit<DentryModel, Growth> {
  const state = vfs.now?.sample.dentryState ?? NOT_YET;
  return {
    objects: mapKnown(state, (known) => known.objects),
    unused: mapKnown(state, (known) => known.unused),
    negative: mapKnown(state, (known) => known.negative),
    sizeBytes: slabinfo?.dentryBytes ?? notRead,
  };
}

function dentryBytes(caches: readonly SlabCache[]): Maybe<number> {
  const rows = caches.filter((cache) => DENTRY_CACHE.test(cache.name));
  if (rows.length === 0) return missing('absent', '/proc/slabinfo has no dentry row');
  return rows.reduce((sum, cache) => sum + cache.sizeBytes, 0);
}
