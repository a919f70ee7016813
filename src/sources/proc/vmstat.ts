import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { rowsOf } from './rows.ts';
import { unreadable } from './text.ts';

/** The rows of vmstat that tell of slab and of reclaim. A row that this kernel does not have is `absent`. */
export interface Vmstat {
  /** How many times somebody wrote 1 or 3 to drop_caches since boot. */
  readonly dropPagecache: Maybe<number>;
  /** How many times somebody wrote 2 or 3 to drop_caches since boot. */
  readonly dropSlab: Maybe<number>;
  /** Objects that shrinkers looked at in reclaim; drop_caches does not count here. */
  readonly slabsScanned: Maybe<number>;
  /** Inodes freed by kswapd to get at their pages. */
  readonly kswapdInodesteal: Maybe<number>;
  /** The same by processes that ran out of memory. */
  readonly pginodesteal: Maybe<number>;
  readonly nrSlabReclaimablePages: Maybe<number>;
  readonly nrSlabUnreclaimablePages: Maybe<number>;
  readonly nrFreePages: Maybe<number>;
  readonly nrFilePages: Maybe<number>;
  readonly nrShmemPages: Maybe<number>;
  readonly nrDirtyPages: Maybe<number>;
  readonly nrWritebackPages: Maybe<number>;
  /** Pages looked at by kswapd; summed over the zones on kernels before 4.8, which count each zone apart. */
  readonly pgscanKswapd: Maybe<number>;
  /** Pages looked at by processes that ran out of memory. */
  readonly pgscanDirect: Maybe<number>;
  readonly pgstealKswapd: Maybe<number>;
  readonly pgstealDirect: Maybe<number>;
  /** How many times a process had to reclaim by itself; summed over the zones on kernels from 4.10 on. */
  readonly allocstall: Maybe<number>;
  readonly compactStall: Maybe<number>;
  /** Linux 4.13 and later. */
  readonly oomKill: Maybe<number>;
}

/**
 * Parses `/proc/vmstat`:
 *
 *     nr_slab_reclaimable 169950
 *
 * https://man7.org/linux/man-pages/man5/proc_vmstat.5.html
 */
export function parseVmstat(text: string): Parsed<Vmstat> {
  const rows = rowsOf(text, ' ');
  if (rows.size === 0) return unreadable('rows such as "nr_dirty 1"', text);
  const value: Vmstat = {
    dropPagecache: rows.count('drop_pagecache'),
    dropSlab: rows.count('drop_slab'),
    slabsScanned: rows.count('slabs_scanned'),
    kswapdInodesteal: rows.count('kswapd_inodesteal'),
    pginodesteal: rows.count('pginodesteal'),
    nrSlabReclaimablePages: rows.count('nr_slab_reclaimable'),
    nrSlabUnreclaimablePages: rows.count('nr_slab_unreclaimable'),
    nrFreePages: rows.count('nr_free_pages'),
    nrFilePages: rows.count('nr_file_pages'),
    nrShmemPages: rows.count('nr_shmem'),
    nrDirtyPages: rows.count('nr_dirty'),
    nrWritebackPages: rows.count('nr_writeback'),
    pgscanKswapd: rows.sum(PGSCAN_KSWAPD),
    pgscanDirect: rows.sum(PGSCAN_DIRECT),
    pgstealKswapd: rows.sum(PGSTEAL_KSWAPD),
    pgstealDirect: rows.sum(PGSTEAL_DIRECT),
    allocstall: rows.sum(ALLOCSTALL),
    compactStall: rows.count('compact_stall'),
    oomKill: rows.count('oom_kill'),
  };
  return { value, issues: rows.issues };
}

const PGSCAN_KSWAPD = withZones('pgscan_kswapd');
const PGSCAN_DIRECT = withZones('pgscan_direct');
const PGSTEAL_KSWAPD = withZones('pgsteal_kswapd');
const PGSTEAL_DIRECT = withZones('pgsteal_direct');
const ALLOCSTALL = withZones('allocstall');

/** Names are listed and not matched by their start: `pgscan_direct_throttle` counts no pages. */
function withZones(name: string): readonly string[] {
  return [name, ...['dma', 'dma32', 'normal', 'high', 'movable', 'device'].map((zone) => `${name}_${zone}`)];
}
