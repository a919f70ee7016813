import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { malformed } from '../text.ts';
import { indexNumberRows } from './number-rows.ts';

/**
 * `memory.stat` of a cgroup v2 memory cgroup. Every row covers the cgroup and all below it, the dying ones too. All in
 * bytes; `absent` where this kernel has no such row (`percpu` came with 5.9, `kernel` with 5.18; the slab rows go with
 * kmem accounting).
 */
export interface MemoryStatV2 {
  readonly anonBytes: Maybe<number>;
  readonly fileBytes: Maybe<number>;
  readonly kernelBytes: Maybe<number>;
  readonly percpuBytes: Maybe<number>;
  readonly shmemBytes: Maybe<number>;
  readonly fileDirtyBytes: Maybe<number>;
  readonly fileWritebackBytes: Maybe<number>;
  readonly inactiveAnonBytes: Maybe<number>;
  readonly activeAnonBytes: Maybe<number>;
  readonly inactiveFileBytes: Maybe<number>;
  readonly activeFileBytes: Maybe<number>;
  readonly slabBytes: Maybe<number>;
}

/**
 * Parses `/sys/fs/cgroup/<cgroup>/memory.stat` of cgroup v2, for example `slab_reclaimable 123456789`.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.stat)
 */
export function parseMemoryStatV2(text: string): Parsed<MemoryStatV2> {
  const rows = indexNumberRows(text, 'memory.stat');
  const value: MemoryStatV2 = {
    anonBytes: rows.take('anon'),
    fileBytes: rows.take('file'),
    kernelBytes: rows.take('kernel'),
    percpuBytes: rows.take('percpu'),
    shmemBytes: rows.take('shmem'),
    fileDirtyBytes: rows.take('file_dirty'),
    fileWritebackBytes: rows.take('file_writeback'),
    inactiveAnonBytes: rows.take('inactive_anon'),
    activeAnonBytes: rows.take('active_anon'),
    inactiveFileBytes: rows.take('inactive_file'),
    activeFileBytes: rows.take('active_file'),
    slabBytes: rows.take('slab'),
  };
  if (rows.taken() === 0) return malformed(0, 'memory.stat has no readable row of cgroup v2');
  return { value, issues: rows.issues };
}
