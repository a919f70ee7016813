import type { Version } from './version.ts';

/**
 * What the matrix has a word on. Three files whose read may walk every dying memory cgroup, two things that may keep a
 * dying cgroup alive, and whether a dying one keeps its memcg id (of which there are 65,535).
 *
 * - `memory.stat`: of the root and of every ancestor; leaves are never slow
 * - `memory.numa_stat`: cgroup v1 only
 * - `memory.usage_in_bytes`: of the v1 root only, every other cgroup has a plain counter
 * - `slab`: objects such as dentries charged to the cgroup
 * - `page-cache`: file and tmpfs pages charged to it
 * - `memcg-ids`: `affected` means that an id is given back only when its css is freed, so that dying cgroups exhaust them
 */
export const KERNEL_ITEMS = [
  'memory.stat',
  'memory.numa_stat',
  'memory.usage_in_bytes',
  'slab',
  'page-cache',
  'memcg-ids',
] as const;

/** One of {@link KERNEL_ITEMS}. */
export type KernelItem = (typeof KERNEL_ITEMS)[number];

/** The matrix's word on one item: the kernel has the problem, does not have it, or nobody verified it. */
export type KernelStatus = 'affected' | 'fixed' | 'unknown';

/**
 * Where a fact comes from: `T` read in that kernel's source, `M` measured, `S` a public source says so, `K` common
 * knowledge or an inference that the row's comment spells out.
 */
export type Origin = 'T' | 'M' | 'S' | 'K';

/** A range of mainline releases, or of a RHEL major's builds, in which an item behaves alike. */
export interface Span {
  /** The first version in it. */
  readonly from: Version;
  readonly status: KernelStatus;
  readonly origin: Origin;
  /** What the kernel does there, as half a sentence. */
  readonly says: string;
  /**
   * Set where an `affected` was read in a first build: an update of that build (147.8.1 after 147) may carry the fix
   * although the number before the dot did not change, so it is `unknown` there.
   */
  readonly firstBuildsOnly?: true;
}

/** Everything known of one item. Spans ascend; each reaches to the next one's `from`. */
export interface ItemFacts {
  /** What mainline did about it: the release from which on it is fixed and the commits. */
  readonly fix: { readonly release: Version; readonly commits: readonly string[]; readonly origin: Origin };
  readonly mainline: readonly Span[];
  /** By package build of RHEL 7 (3.10.0) and 8 (4.18.0); 9 and 10 are past every mainline fix but the newest. */
  readonly rhel7: readonly Span[];
  readonly rhel8: readonly Span[];
  /** The oldest mainline number onto which a vendor may have carried the fix; below it `affected` is safe to say. */
  readonly portableFrom?: Version;
}
