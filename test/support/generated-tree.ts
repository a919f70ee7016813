import { type Driver, inventedPod, podParents } from './pod-cgroups.ts';

/** A cgroup of a generated host. Bytes are of all below it, as the kernel charges them. */
export interface GeneratedCgroup {
  /** Below the root of the hierarchy, without a leading slash; empty for the root. */
  readonly path: string;
  /** Anonymous memory of processes. */
  readonly rssBytes: number;
  /** Pages of files; those that only dying cgroups hold are here too. */
  readonly cacheBytes: number;
  /** Slab and other kernel memory; what only dying cgroups hold is here too. */
  readonly kmemBytes: number;
  /** Cgroups below it. */
  readonly descendants: number;
}

/** What the dying below a cgroup hold, for {@link generateTree}. */
export interface Held {
  readonly kmemBytes: number;
  readonly cacheBytes: number;
}

interface Sums {
  rssBytes: number;
  cacheBytes: number;
  kmemBytes: number;
  descendants: number;
}

/**
 * A tree of exactly `live` cgroups, root included: pods of two containers each below the parents of `driver`, and
 * services below `system.slice` for the rest. Parents are before their children. A parent's figures are the sum over
 * its children and, at the first burstable parent, what `heldByDying` says.
 */
export function generateTree(driver: Driver, live: number, heldByDying: Held): readonly GeneratedCgroup[] {
  const parents = podParents(driver);
  const fixed = ['', ...parents, 'system.slice'];
  if (live < fixed.length) throw new Error(`a node has at least ${fixed.length} cgroups, not ${live}`);
  const pods = Math.floor((live - fixed.length) / 3);
  const podPaths = Array.from({ length: pods }, (_, n) => inventedPod(driver, n, 2));
  const services = Array.from({ length: (live - fixed.length) % 3 }, (_, n) => `system.slice/service-${n}.service`);
  const paths = [...fixed, ...podPaths.flatMap((pod) => [pod.path, ...pod.containers]), ...services];

  const sums = new Map<string, Sums>(paths.map((path) => [path, { ...NOTHING }]));
  const leaves = [...podPaths.flatMap((pod) => pod.containers), ...services];
  leaves.forEach((leaf, n) => {
    const rssBytes = 45_056 + (n % 64) * 4096;
    charge(sums, leaf, { rssBytes, cacheBytes: (n % 16) * 4096, kmemBytes: 61_440 + (n % 8) * 8192, descendants: 0 });
  });
  for (const path of paths) if (path !== '') charge(sums, parentOf(path), { ...NOTHING, descendants: 1 });
  charge(sums, parents[1] ?? '', { ...NOTHING, ...heldByDying });
  return [...sums].map(([path, sum]) => ({ path, ...sum }));
}

const NOTHING: Sums = { rssBytes: 0, cacheBytes: 0, kmemBytes: 0, descendants: 0 };

/** Charges are hierarchical: a cgroup and all above it are charged. */
function charge(sums: Map<string, Sums>, path: string, more: Sums): void {
  const sum = sums.get(path);
  if (sum === undefined) throw new Error(`no cgroup ${path}`);
  sum.rssBytes += more.rssBytes;
  sum.cacheBytes += more.cacheBytes;
  sum.kmemBytes += more.kmemBytes;
  sum.descendants += more.descendants;
  if (path !== '') charge(sums, parentOf(path), more);
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
