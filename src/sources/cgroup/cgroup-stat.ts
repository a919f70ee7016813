import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { malformed } from '../text.ts';
import { indexNumberRows } from './number-rows.ts';

/** `cgroup.stat` of a cgroup v2 cgroup: counts of the cgroups below it, itself not among them. */
export interface CgroupStat {
  /** Visible cgroups. */
  readonly descendants: Maybe<number>;
  /** Removed cgroups that something still holds, of any controller. */
  readonly dyingDescendants: Maybe<number>;
  /**
   * Dying memory cgroups. `absent` up to 6.11, and on every kernel where the memory controller is not on this
   * hierarchy: the counts of a hybrid host's `unified/` then say nothing about memory cgroups.
   */
  readonly dyingMemory: Maybe<number>;
}

/**
 * Parses `/sys/fs/cgroup/<cgroup>/cgroup.stat` (4.14 and later), for example `nr_dying_descendants 12`.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (cgroup.stat)
 */
export function parseCgroupStat(text: string): Parsed<CgroupStat> {
  const rows = indexNumberRows(text, 'cgroup.stat');
  const value: CgroupStat = {
    descendants: rows.take('nr_descendants'),
    dyingDescendants: rows.take('nr_dying_descendants'),
    dyingMemory: rows.take('nr_dying_subsys_memory'),
  };
  if (rows.taken() === 0) return malformed(0, 'cgroup.stat has none of its rows');
  return { value, issues: rows.issues };
}
