import { isKnown, isMissing, knownOr, type Maybe, mapKnown } from '../../core/missing.ts';
import { NOISE_BYTES } from '../../core/noise.ts';
import { printable } from '../../core/printable.ts';
import { sortRows } from '../../format/table.ts';
import type { CgroupModel } from '../../model/model.ts';
import { CGROUP_COLUMNS, type CgroupRow, countsDying } from '../../tables/cgroups.ts';
import { matches } from '../filter.ts';
import { noticed } from '../notice.ts';
import type { Shown } from '../pane.ts';
import { rowsMemo } from '../rows-memo.ts';
import type { State } from '../state.ts';
import { cgroupList, cgroupTree, parentPath } from './cgroup-tree.ts';

/** The order of a tree, chosen by its key; without a choice it is that of what is held, where the dying hold something. */
export const TREE = 'tree';

const keptRows = rowsMemo<CgroupModel, CgroupRow>();

/** The column that the rows are sorted by; undefined where they are a tree. */
export function cgroupSort({ model, state }: Shown): string | undefined {
  const { sort } = state.tables.cgroups;
  if (sort !== undefined) return sort === TREE ? undefined : sort;
  const { heldByDying, cgroups } = model.memcg;
  if (isMissing(heldByDying) || heldByDying.where.length === 0 || isMissing(cgroups)) return undefined;
  return countsDying(cgroups) ? 'held' : 'held-kmem';
}

/** The rows in the order shown: what is held first where something is, so that the sickness is not below the fold. */
export function cgroupRows(shown: Shown): Maybe<readonly CgroupRow[]> {
  const { filter, inverted, folded, sort: chosen } = shown.state.tables.cgroups;
  const sort = cgroupSort(shown);
  return mapKnown(shown.model.memcg.cgroups, (cgroups) =>
    keptRows(cgroups, [filter, sort, inverted, folded, chosen], () => {
      if (sort === undefined && filter === '') return cgroupTree(cgroups, folded);
      const found = cgroups.filter((cgroup) =>
        matches(filter, cgroup.path, knownOr(cgroup.pod, ''), knownOr(cgroup.container, '')),
      );
      const rows = cgroupList(found);
      if (chosen === undefined && sort !== undefined) return [...rows].sort(byHeld);
      return sortRows(rows, CGROUP_COLUMNS, sort ?? 'path', inverted);
    }),
  );
}

/** Kernel memory and pages together; among equals the order of paths. */
function byHeld(one: CgroupRow, other: CgroupRow): number {
  return heldOf(other.cgroup) - heldOf(one.cgroup) || (one.cgroup.path < other.cgroup.path ? -1 : 1);
}

function heldOf({ heldBytes, heldKmemBytes, heldPageBytes }: CgroupModel): number {
  const held = isKnown(heldBytes) ? heldBytes : knownOr(heldKmemBytes, 0) + knownOr(heldPageBytes, 0);
  // Less is rounding: it would mix the order of paths up.
  return held < NOISE_BYTES ? 0 : held;
}

/** Opens the pane of cgroups with the cursor on that path. */
export function goToCgroup(shown: Shown, path: string): State {
  const { tables } = shown.state;
  const folded = new Set(tables.cgroups.folded);
  for (let above = parentPath(path); above !== undefined; above = parentPath(above)) folded.delete(above);
  const cgroups = { ...tables.cgroups, folded, filter: '' };
  const state: State = {
    ...shown.state,
    pane: 'cgroups',
    zoomed: false,
    graph: undefined,
    tables: { ...tables, cgroups },
  };
  const rows = cgroupRows({ ...shown, state });
  const at = isMissing(rows) ? -1 : rows.findIndex(({ cgroup }) => cgroup.path === path);
  if (at === -1) return noticed(shown.state, `${printable(path)} is not among the live cgroups`, 'info');
  return { ...state, tables: { ...state.tables, cgroups: { ...cgroups, cursor: at } } };
}
