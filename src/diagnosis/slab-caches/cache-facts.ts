/** What writing 2 to drop_caches does to a cache: frees what nobody uses, frees it with something else, or nothing. */
export type FreedByDrop = 'frees' | 'with-pages' | 'keeps';

/** What is known of one slab cache, or of a family of them. */
export interface KnownCache {
  /** Its name, or a beginning that ends in `*`. */
  readonly names: readonly string[];
  /** What an object is, as it stands after "holds". */
  readonly holds: string;
  /** Who makes it grow, as it stands after "grows with". */
  readonly grows: string;
  readonly drop: FreedByDrop;
  /**
   * `files`: names, inodes and pages of files, which the kernel gives back by itself when memory is wanted: large is
   * normal. `cgroups`: it grows with memory cgroups, live or dying.
   */
  readonly of?: 'files' | 'cgroups';
  /** The file of the kernel's source that makes it: checked in 5.10, where no other version is named. */
  readonly source: string;
}
