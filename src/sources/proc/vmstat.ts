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
  readonly nrSlabReclaimablePages: Maybe<number>;
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
    nrSlabReclaimablePages: rows.count('nr_slab_reclaimable'),
  };
  return { value, issues: rows.issues };
}
