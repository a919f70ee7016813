import type { CgroupModel } from '../../model/model.ts';
import type { CgroupRow } from '../../tables/cgroups.ts';

/**
 * The live cgroups as a tree, with a mark where there are children, `-` open and `+` folded: children below their parent, in the order of their paths; those below a
 * folded one are left out.
 */
export function cgroupTree(cgroups: readonly CgroupModel[], folded: ReadonlySet<string>): readonly CgroupRow[] {
  const children = new Map<string, CgroupModel[]>();
  const known = new Set(cgroups.map((cgroup) => cgroup.path));
  const roots: CgroupModel[] = [];
  for (const cgroup of cgroups) {
    const parent = parentPath(cgroup.path);
    if (parent === undefined || !known.has(parent)) roots.push(cgroup);
    else {
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [cgroup]);
      else siblings.push(cgroup);
    }
  }
  const rows: CgroupRow[] = [];
  const add = (cgroup: CgroupModel, depth: number) => {
    const below = children.get(cgroup.path);
    const isFolded = folded.has(cgroup.path);
    const mark = below === undefined ? ' ' : isFolded ? '+' : '-';
    rows.push({ cgroup, branch: `${'  '.repeat(depth)}${mark} ` });
    if (below === undefined || isFolded) return;
    for (const child of below.sort((a, b) => (a.path < b.path ? -1 : 1))) add(child, depth + 1);
  };
  for (const root of roots) add(root, 0);
  return rows;
}

/** The cgroups as paths, for sorting and filtering. */
export function cgroupList(cgroups: readonly CgroupModel[]): readonly CgroupRow[] {
  return cgroups.map((cgroup) => ({ cgroup }));
}

/** The path of the cgroup above; the root has none. */
export function parentPath(path: string): string | undefined {
  if (path === '/') return undefined;
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
