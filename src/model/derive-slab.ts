import type { EpochMs } from '../core/clock.ts';
import { isMissing, type Maybe, type Missing, mapKnown, missing } from '../core/missing.ts';
import type { ProbeStatus } from '../samplers/tick.ts';
import { growthPerSecond } from '../series/rate.ts';
import type { SlabCache } from '../sources/proc/slabinfo.ts';
import type { History } from './history.ts';
import type { Pair, RunOf } from './latest.ts';
import type { CacheModel, DentryModel, SlabModel } from './model.ts';

const NOT_YET = missing('warming-up');

/** What is added once the values of this tick are in the history. */
type Growth = 'growthBytesPerSecond' | 'growthPerSecond';

/** The caches of one slabinfo, derived once when it comes: there are hundreds. */
export interface SlabinfoDerived {
  readonly caches: Maybe<readonly CacheModel[]>;
  readonly dentryBytes: Maybe<number>;
  readonly at: EpochMs;
}

/** Derives what a slabinfo says, and puts the sizes into the history. */
export function deriveSlabinfo(run: RunOf<'slabinfo'>, history: History): SlabinfoDerived {
  const caches = mapKnown(run.sample.slabinfo, (known): Maybe<readonly SlabCache[]> => known.caches);
  if (isMissing(caches)) return { caches, dentryBytes: caches, at: run.ended.at };
  for (const cache of caches) history.pushCache(cache.name, run.ended.monotonicSeconds, cache.sizeBytes);
  const rows = caches.map((cache) => cacheModel(cache, history)).sort((a, b) => b.sizeBytes - a.sizeBytes);
  return { caches: rows, dentryBytes: dentryBytes(caches), at: run.ended.at };
}

/** Slab memory, from meminfo all the time and from slabinfo where it may be read. */
export function deriveSlab(
  memory: Pair<'memory'>,
  slabinfo: SlabinfoDerived | undefined,
  lock: ProbeStatus['lock'],
): Omit<SlabModel, Growth> {
  const meminfo = memory.now?.sample.meminfo ?? NOT_YET;
  return {
    totalBytes: mapKnown(meminfo, (known) => known.slabBytes),
    reclaimableBytes: mapKnown(meminfo, (known) => known.sReclaimableBytes),
    unreclaimableBytes: mapKnown(meminfo, (known) => known.sUnreclaimBytes),
    caches: slabinfo?.caches ?? whyNone(lock),
    cachesAt: slabinfo?.at ?? whyNone(lock),
  };
}

/** Why slabinfo has not been read: it is not our turn yet, or never is beside an instance that reads it. */
function whyNone(lock: ProbeStatus['lock']): Missing {
  return typeof lock === 'string'
    ? NOT_YET
    : missing('disabled', `another instance, pid ${lock.heldByPid}, reads /proc/slabinfo`);
}

function cacheModel(cache: SlabCache, history: History): CacheModel {
  const series = history.ofCache(cache.name);
  return {
    ...cache,
    usePct: cache.objects === 0 ? 0 : (cache.activeObjects / cache.objects) * 100,
    growthBytesPerSecond: series === undefined ? NOT_YET : growthPerSecond(series, Number.POSITIVE_INFINITY),
  };
}

/** On kernels with per-memcg caches their rows stand beside the root's as `dentry(123:name)`. */
const DENTRY_CACHE = /^dentry(?:\(|$)/;

/** Dentries: counted by the kernel in dentry-state, sized by slabinfo. */
export function deriveDentry(
  vfs: Pair<'vfs'>,
  slabinfo: SlabinfoDerived | undefined,
  lock: ProbeStatus['lock'],
): Omit<DentryModel, Growth> {
  const state = vfs.now?.sample.dentryState ?? NOT_YET;
  return {
    objects: mapKnown(state, (known) => known.objects),
    unused: mapKnown(state, (known) => known.unused),
    negative: mapKnown(state, (known) => known.negative),
    sizeBytes: slabinfo?.dentryBytes ?? whyNone(lock),
  };
}

function dentryBytes(caches: readonly SlabCache[]): Maybe<number> {
  const rows = caches.filter((cache) => DENTRY_CACHE.test(cache.name));
  if (rows.length === 0) return missing('absent', '/proc/slabinfo has no dentry row');
  return rows.reduce((sum, cache) => sum + cache.sizeBytes, 0);
}
