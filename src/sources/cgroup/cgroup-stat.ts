import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { malformed } from '../text.ts';
import { indexNumberRows } from './number-rows.ts';

/** `cgroup.stat` of a cgroup v2 cgroup. */
export interface CgroupStat {
  /** Visible cgroups below this one. */
  readonly descendants: Maybe<number>;
  /** Removed cgroups below this one that something still holds, whatever their controllers. */
  readonly dyingDescendants: Maybe<number>;
  /**
   * Dying memory cgroups at and below this one. `absent` on old kernels (6.1 has no such row, 6.12 has) and wherever
   * the memory controller is not on this hierarchy: on a hybrid host nothing in `unified/` tells of memory cgroups.
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
  if (rows.taken() === 0) return malformed(0, 'cgroup.stat has no readable row');
  return { value, issues: rows.issues };
}
