import { bothKnown, isMissing, type Maybe, type Missing, mapKnown, missing } from '../core/missing.ts';
import { NOISE_BYTES } from '../core/noise.ts';
import type { ChargedKinds, KindsBelow } from '../samplers/page-kinds.ts';
import type { ProbeStatus } from '../samplers/tick.ts';
import { sumsOf } from './derive-memcg.ts';
import type { Pair } from './latest.ts';
import type { HeldBelow, HeldByDying, HeldKinds, PinModel } from './model.ts';

/** Figures older than this do not stand for now: they are taken every two minutes at best. */
const STALE_SECONDS = 900;

/** Two figures of one thing agree if they differ by less than this part of it, or by less than the noise. */
const AGREE_SHARE = 0.1;

const NOT_READ = missing('warming-up', 'memory.stat has not been read for this yet');

/** Why nobody here has read of what kind the pages are: not yet, or another instance reads in the place of this one. */
export function whyNoKinds(lock: ProbeStatus['lock']): Missing {
  if (typeof lock !== 'object') return NOT_READ;
  return missing('disabled', `another instance, pid ${lock.heldByPid}, reads memory.stat for this`);
}

/** From when on, in monotonic seconds, figures are of the node as it is: since caches were dropped last. */
type Since = number;

/** Memory cgroups with what pins the dying, and on v2 with what that tells of how much they hold of which kind. */
export function withPins<Memcg extends { readonly heldByDying: Maybe<HeldByDying> }>(
  memcg: Memcg,
  kinds: Pair<'kinds'>['now'],
  version: Maybe<'v1' | 'v2'>,
  nowSeconds: number,
  since: Since = Number.NEGATIVE_INFINITY,
  none: Missing = NOT_READ,
): Memcg & { readonly pins: Maybe<readonly PinModel[]> } {
  const pins = derivePins(memcg.heldByDying, kinds, version, nowSeconds, since, none);
  const heldByDying =
    version === 'v2' ? mapKnown(memcg.heldByDying, (held) => heldApart(held, pins)) : memcg.heldByDying;
  return { ...memcg, heldByDying, pins };
}

/**
 * What the dying below each parent hold, by kind. The page counters say how much (`held`); a read of `memory.stat` of
 * the parent and its live children says of what kind, where one was made.
 * @internal
 */
export function derivePins(
  held: Maybe<HeldByDying>,
  kinds: Pair<'kinds'>['now'],
  version: Maybe<'v1' | 'v2'>,
  nowSeconds: number,
  since: Since = Number.NEGATIVE_INFINITY,
  none: Missing = NOT_READ,
): Maybe<readonly PinModel[]> {
  return mapKnown(
    held,
    ({ where }): Maybe<readonly PinModel[]> =>
      where.map((below) => {
        const { path, pod, bytes, kmemBytes, pageBytes } = below;
        const found = kindsOf(path, pageBytes, kinds, nowSeconds, since, none);
        // v2 has no counter of kernel memory: there the page counter has it too, and memory.stat tells it apart.
        const kmem = version === 'v2' ? found.kmemBytes : kmemBytes;
        return { path, pod, bytes, ...found, kmemBytes: kmem };
      }),
  );
}

function kindsOf(
  path: string,
  pageBytes: Maybe<number>,
  kinds: Pair<'kinds'>['now'],
  nowSeconds: number,
  since: Since,
  none: Missing,
): HeldKinds & Pick<PinModel, 'kmemBytes'> {
  if (!isMissing(pageBytes) && pageBytes < NOISE_BYTES) {
    return allOf(missing('unsupported', 'the pages held are within the noise of the counters'));
  }
  if (kinds === undefined) return allOf(none);
  const below = kinds.sample.below.find((each) => each.path === path);
  if (below === undefined) return allOf(missing('warming-up', 'other parents hold more and were read first'));
  if (kinds.started.monotonicSeconds < since) {
    return allOf(missing('stale', 'memory.stat was read for this before the drop'));
  }
  const age = nowSeconds - kinds.ended.monotonicSeconds;
  if (age > STALE_SECONDS) return allOf(missing('stale', `memory.stat was read for this ${Math.round(age)} s ago`));
  return deriveKinds(below);
}

/**
 * The kinds of one parent: its figures less those of its live children.
 * @internal
 */
export function deriveKinds({
  parent,
  childrenBefore,
  childrenAfter,
}: Pick<KindsBelow, 'parent' | 'childrenBefore' | 'childrenAfter'>): HeldKinds & Pick<PinModel, 'kmemBytes'> {
  if (isMissing(parent)) return allOf(parent);
  if (isMissing(childrenBefore)) return allOf(childrenBefore);
  if (isMissing(childrenAfter)) return allOf(childrenAfter);
  const residue = (kind: keyof ChargedKinds): Residue =>
    bothKnown(childrenBefore[kind], childrenAfter[kind], (before, after) =>
      mapKnown(parent[kind], (all) => residueOf(all, before, after)),
    );
  // `rss` is summed in batches on some kernels, the lists are exact: what is on the anonymous lists is no more than
  // there is anonymous memory, and the rest are pages of tmpfs.
  const anonList = residue('anonListBytes');
  const anonBytes = bothKnown(anonList, residue('anonBytes'), (list, anon) => Math.min(list, anon));
  const tmpfsBytes = bothKnown(anonList, anonBytes, (list, anon) => list - anon);
  const fileBytes = residue('fileListBytes');
  const unwritten = believed(residue('unwrittenBytes'), residue('cacheBytes'), fileBytes, tmpfsBytes);
  const dirtyBytes = bothKnown(unwritten, fileBytes, (bytes, all) => Math.min(bytes, all));
  return {
    tmpfsBytes,
    anonBytes,
    fileBytes,
    dirtyBytes,
    cleanBytes: bothKnown(fileBytes, dirtyBytes, (all, dirty) => all - dirty),
    kmemBytes: residue('kmemBytes'),
  };
}

/**
 * On cgroup v2 the counters tell only how much is held; `memory.stat` says how much of it is kernel memory, and the rest
 * is pages. Until it was read for every parent that is named, the parts of the whole are not known.
 */
function heldApart(held: HeldByDying, pins: Maybe<readonly PinModel[]>): HeldByDying {
  if (isMissing(pins)) return held;
  const byPath = new Map(pins.map((pin) => [pin.path, pin]));
  const where = held.where.map((below): HeldBelow => {
    const kmem = byPath.get(below.path)?.kmemBytes ?? below.kmemBytes;
    if (isMissing(kmem)) return { ...below, kmemBytes: kmem, pageBytes: kmem };
    const kmemBytes = Math.min(kmem, below.bytes);
    return { ...below, kmemBytes, pageBytes: below.bytes - kmemBytes };
  });
  const untold = where.map(({ kmemBytes }) => kmemBytes).find(isMissing);
  return { ...held, ...(untold === undefined ? sumsOf(where) : { kmemBytes: untold, pageBytes: untold }), where };
}

type Residue = Maybe<number>;

/** Cannot be told where the live children moved more, while the parent was read, than there is to find. */
function residueOf(parent: number, before: number, after: number): Residue {
  const residue = parent - (before + after) / 2;
  const moved = Math.abs(after - before);
  if (residue < -(NOISE_BYTES + moved)) {
    return missing('unsupported', 'the children are charged for more than their parent: no use_hierarchy');
  }
  if (moved > NOISE_BYTES && moved > Math.abs(residue) / 2) {
    return missing('failed', 'live cgroups moved more than there was to find, while it was read');
  }
  return Math.max(0, residue);
}

/**
 * `dirty` is counted in batches of 32 pages per CPU and cgroup on some kernels, so that 10,000 dying cgroups of one
 * page each show 0 (measured on 4.18). `cache` is counted in the same way: where it disagrees with the exact lists,
 * `dirty` is not to be believed.
 */
function believed(unwritten: Residue, cache: Residue, file: Residue, tmpfs: Residue): Residue {
  const listed = bothKnown(file, tmpfs, (a, b) => a + b);
  const agrees = bothKnown(cache, listed, (counted, exact): Maybe<number> => {
    if (Math.abs(counted - exact) <= Math.max(NOISE_BYTES, exact * AGREE_SHARE)) return 1;
    return missing('unsupported', 'this kernel counts dirty pages of a cgroup in batches: too coarse to tell');
  });
  return bothKnown(agrees, unwritten, (_, bytes) => bytes);
}

function allOf(reason: Maybe<number>): HeldKinds & Pick<PinModel, 'kmemBytes'> {
  return {
    tmpfsBytes: reason,
    anonBytes: reason,
    fileBytes: reason,
    dirtyBytes: reason,
    cleanBytes: reason,
    kmemBytes: reason,
  };
}
