import { isKnown, knownOr, type Maybe, mapKnown } from '../../core/missing.ts';
import type { MemcgModel, ReadModel } from '../../model/model.ts';
import type { CgroupRow } from '../../tables/cgroups.ts';

/** Those reads that have a time; where none has, those that have a reason. */
export function timedReads(reads: readonly ReadModel[]): readonly ReadModel[] {
  const timed = reads.filter((read) => isKnown(read.wallSeconds));
  return timed.length === 0 ? reads : timed;
}

/** The parents with the most churn, most first; those with none are left out. */
export function busiestParents(cgroups: MemcgModel['cgroups']): Maybe<readonly CgroupRow[]> {
  return mapKnown(
    cgroups,
    (rows): Maybe<readonly CgroupRow[]> =>
      rows
        .filter(({ churnPerMinute }) => knownOr(churnPerMinute, 0) > 0)
        .sort((a, b) => knownOr(b.churnPerMinute, 0) - knownOr(a.churnPerMinute, 0))
        .map((cgroup) => ({ cgroup })),
  );
}
