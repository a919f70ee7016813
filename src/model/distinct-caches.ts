import { isMissing, type Maybe } from '../core/missing.ts';
import type { SlabCache } from '../sources/proc/slabinfo.ts';

/**
 * The caches of a slabinfo, each with a name of its own. Up to 5.8 memory cgroups have caches of their own, and while
 * these come and go the file repeats rows: seq_file goes on by position (93 rows for 82 caches, measured on 4.4). One
 * name and geometry is one cache there. Elsewhere it is two, as a driver makes them for two devices: the second is
 * called "name (2)", in the order of the file.
 */
export function distinctCaches(caches: readonly SlabCache[], release: Maybe<string>): readonly SlabCache[] {
  return repeatsRows(release) ? withoutRepeats(caches) : withOrdinals(caches);
}

/** Per-memcg caches went with 5.9 (9855609bde03); a kernel that has not told its release may have them. */
function repeatsRows(release: Maybe<string>): boolean {
  const [, major, minor] = (isMissing(release) ? null : /^(\d+)\.(\d+)/.exec(release)) ?? [];
  if (major === undefined || minor === undefined) return true;
  return Number(major) < 5 || (Number(major) === 5 && Number(minor) < 9);
}

/** Of repeated rows the last: it was read last. */
function withoutRepeats(caches: readonly SlabCache[]): readonly SlabCache[] {
  const byShape = new Map<string, SlabCache>();
  for (const cache of caches) {
    const { name, objectBytes, objectsPerSlab, pagesPerSlab } = cache;
    byShape.set([name, objectBytes, objectsPerSlab, pagesPerSlab].join(' '), cache);
  }
  return withOrdinals([...byShape.values()]);
}

function withOrdinals(caches: readonly SlabCache[]): readonly SlabCache[] {
  const seen = new Map<string, number>();
  return caches.map((cache) => {
    const nth = (seen.get(cache.name) ?? 0) + 1;
    seen.set(cache.name, nth);
    return nth === 1 ? cache : { ...cache, name: `${cache.name} (${nth})` };
  });
}
