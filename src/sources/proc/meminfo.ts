import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { rowsOf } from './rows.ts';
import { unreadable } from './text.ts';

/** The node's memory by use, in bytes. A row that this kernel does not have is `absent`. */
export interface Meminfo {
  readonly memTotalBytes: Maybe<number>;
  /** What could be had without swapping; the kernel's estimate, Linux 3.14 and later. */
  readonly memAvailableBytes: Maybe<number>;
  /** Page cache, tmpfs included. */
  readonly cachedBytes: Maybe<number>;
  readonly activeFileBytes: Maybe<number>;
  readonly inactiveFileBytes: Maybe<number>;
  readonly dirtyBytes: Maybe<number>;
  readonly writebackBytes: Maybe<number>;
  /** tmpfs and shared memory. */
  readonly shmemBytes: Maybe<number>;
  /** SReclaimable and SUnreclaim together. */
  readonly slabBytes: Maybe<number>;
  /** Slab that shrinkers may free: dentries and inodes above all. */
  readonly sReclaimableBytes: Maybe<number>;
  readonly sUnreclaimBytes: Maybe<number>;
  /** Memory of the per-CPU allocator, where each memory cgroup has counters per possible CPU; Linux 4.19 and later. */
  readonly percpuBytes: Maybe<number>;
}

/**
 * Parses `/proc/meminfo`:
 *
 *     SReclaimable:   679800 kB
 *
 * https://docs.kernel.org/filesystems/proc.html#meminfo
 */
export function parseMeminfo(text: string): Parsed<Meminfo> {
  const rows = rowsOf(text, ':');
  if (rows.size === 0) return unreadable('rows such as "MemTotal: 1 kB"', text);
  const value: Meminfo = {
    memTotalBytes: rows.bytes('MemTotal'),
    memAvailableBytes: rows.bytes('MemAvailable'),
    cachedBytes: rows.bytes('Cached'),
    activeFileBytes: rows.bytes('Active(file)'),
    inactiveFileBytes: rows.bytes('Inactive(file)'),
    dirtyBytes: rows.bytes('Dirty'),
    writebackBytes: rows.bytes('Writeback'),
    shmemBytes: rows.bytes('Shmem'),
    slabBytes: rows.bytes('Slab'),
    sReclaimableBytes: rows.bytes('SReclaimable'),
    sUnreclaimBytes: rows.bytes('SUnreclaim'),
    percpuBytes: rows.bytes('Percpu'),
  };
  return { value, issues: rows.issues };
}
