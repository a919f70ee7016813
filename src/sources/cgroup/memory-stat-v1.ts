import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { malformed } from '../text.ts';
import { indexNumberRows } from './number-rows.ts';

/**
 * `memory.stat` of a cgroup v1 memory cgroup: `local` is what its own processes were charged, `total` (the `total_*`
 * rows) adds every cgroup below it, the dying ones too. Without `memory.use_hierarchy` the totals cover the cgroup alone.
 */
export interface MemoryStatV1 {
  readonly local: MemoryStatV1Bytes;
  readonly total: MemoryStatV1Bytes;
}

/**
 * The rows that tell what kind of memory a cgroup holds. All in bytes; `absent` where this kernel has no such row
 * (4.4 has no `shmem`). Kernels that print the sum of per-CPU parts as it is can be a little below zero. `rss` counts anonymous memory only, unlike the RSS of a process.
 */
interface MemoryStatV1Bytes {
  readonly cacheBytes: Maybe<number>;
  readonly rssBytes: Maybe<number>;
  readonly shmemBytes: Maybe<number>;
  readonly dirtyBytes: Maybe<number>;
  readonly writebackBytes: Maybe<number>;
  readonly inactiveAnonBytes: Maybe<number>;
  readonly activeAnonBytes: Maybe<number>;
  readonly inactiveFileBytes: Maybe<number>;
  readonly activeFileBytes: Maybe<number>;
}

/**
 * Parses `/sys/fs/cgroup/memory/<cgroup>/memory.stat`, for example `total_inactive_file 39993344`.
 * https://docs.kernel.org/admin-guide/cgroup-v1/memory.html (5.2 stat file)
 */
export function parseMemoryStatV1(text: string): Parsed<MemoryStatV1> {
  const rows = indexNumberRows(text, 'memory.stat');
  const bytes = (prefix: '' | 'total_'): MemoryStatV1Bytes => ({
    cacheBytes: rows.take(`${prefix}cache`),
    rssBytes: rows.take(`${prefix}rss`),
    shmemBytes: rows.take(`${prefix}shmem`),
    dirtyBytes: rows.take(`${prefix}dirty`),
    writebackBytes: rows.take(`${prefix}writeback`),
    inactiveAnonBytes: rows.take(`${prefix}inactive_anon`),
    activeAnonBytes: rows.take(`${prefix}active_anon`),
    inactiveFileBytes: rows.take(`${prefix}inactive_file`),
    activeFileBytes: rows.take(`${prefix}active_file`),
  });
  const value = { local: bytes(''), total: bytes('total_') };
  if (rows.taken() === 0) return malformed(0, 'memory.stat has no readable row of cgroup v1');
  return { value, issues: rows.issues };
}
