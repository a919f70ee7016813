import { isKnown, isMissing, knownOr, type Maybe, missing } from '../core/missing.ts';
import { NOISE_BYTES } from '../core/noise.ts';
import type { CgroupModel } from '../model/model.ts';
import { secondsSeverity, severityFrom } from '../model/threshold-severity.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { cgroupName } from './cgroup-name.ts';
import { alphabetically, largestFirst } from './compare.ts';
import { bytes, count } from './quantity.ts';
import { podRun, readRun } from './read-table.ts';
import { badStyle, SEVERITY_STYLE } from './severity.ts';
import { type Run, run } from './styled.ts';
import type { Column } from './table.ts';
import { valueRun } from './value.ts';

/** A cgroup in its row. */
export interface CgroupRow {
  readonly cgroup: CgroupModel;
  /** Its place in a tree: what stands before the last part of its path. Without it the whole path is shown. */
  readonly branch?: string;
}

type CgroupColumn = Column<CgroupRow>;

/** A walk knows the wall time of a cgroup's latest read only. */
const NO_CPU_TIME = missing('absent', 'only the wall time is known');

function heldRun(held: Maybe<number>, cgroup: CgroupModel, limits: Thresholds): Run {
  if (cgroup.children === 0) return run('–', { ink: 'dim' });
  return valueRun(
    held,
    (value) => (value < NOISE_BYTES ? '0' : bytes(value)),
    (value) => {
      if (value >= limits.heldBytes) return { ...SEVERITY_STYLE.warning, bold: true };
      return value < NOISE_BYTES ? { ink: 'dim' } : {};
    },
  );
}

const number = (
  id: string,
  title: string,
  width: number,
  rank: number,
  value: (cgroup: CgroupModel) => Maybe<number>,
  cell: (cgroup: CgroupModel, limits: Thresholds) => Run,
): CgroupColumn => ({
  id,
  title,
  width,
  align: 'right',
  rank,
  cell: (row, limits) => cell(row.cgroup, limits),
  compare: largestFirst((row) => value(row.cgroup)),
});

/** Everything about live cgroups but their names, which stand as a tree or as paths before these. */
const NUMBERS: readonly CgroupColumn[] = [
  number(
    'usage',
    'USAGE',
    9,
    1,
    (one) => one.usageBytes,
    (one) => valueRun(one.usageBytes, bytes),
  ),
  number(
    'kmem',
    'KMEM',
    9,
    3,
    (one) => one.kmemBytes,
    (one) => valueRun(one.kmemBytes, bytes),
  ),
  number(
    'read',
    'READ',
    8,
    2,
    (one) => one.readSeconds,
    (one, limits) => readRun({ wallSeconds: one.readSeconds, cpuSeconds: NO_CPU_TIME }, limits),
  ),
  number(
    'held-kmem',
    'HELD KMEM',
    9,
    0,
    (one) => one.heldKmemBytes,
    (one, limits) => heldRun(one.heldKmemBytes, one, limits),
  ),
  number(
    'held-pages',
    'HELD PAGES',
    10,
    4,
    (one) => one.heldPageBytes,
    (one, limits) => heldRun(one.heldPageBytes, one, limits),
  ),
  number(
    'dying',
    'DYING',
    8,
    5,
    (one) => one.dyingBelow,
    (one, limits) => valueRun(one.dyingBelow, count, (dying) => badStyle(severityFrom(dying, limits.dyingWarning))),
  ),
  number(
    'churn',
    'CHURN/min',
    9,
    6,
    (one) => one.churnPerMinute,
    (one) => valueRun(one.churnPerMinute, (value) => (value === 0 ? '0' : value.toFixed(1))),
  ),
];

const NAME_AND_POD: readonly CgroupColumn[] = [
  {
    id: 'path',
    title: 'CGROUP',
    width: 24,
    grows: true,
    align: 'left',
    cut: 'left',
    rank: 0,
    cell: (row, limits) => run(nameOf(row), isSick(row.cgroup, limits) ? { bold: true } : {}),
    compare: alphabetically((row) => row.cgroup.path),
  },
  {
    id: 'pod',
    title: 'POD',
    width: 14,
    grows: true,
    align: 'left',
    rank: 5,
    cell: (row) => podRun(row.cgroup.pod),
    compare: alphabetically((row) => row.cgroup.pod),
  },
];

/** The table of live cgroups. */
export const CGROUP_COLUMNS: readonly CgroupColumn[] = [...NAME_AND_POD, ...NUMBERS];

/** The same for nodes that do not count the dying below each cgroup: cgroup v1. */
export const CGROUP_COLUMNS_UNCOUNTED = CGROUP_COLUMNS.filter((column) => column.id !== 'dying');

function nameOf({ cgroup, branch }: CgroupRow): string {
  return branch === undefined ? cgroupName(cgroup.path) : branch + lastName(cgroup.path);
}

/** The last part of a path; the root's is `/`. */
export function lastName(path: string): string {
  return path === '/' ? '/' : cgroupName(path.slice(path.lastIndexOf('/') + 1));
}

function isSick({ readSeconds, heldKmemBytes, heldPageBytes }: CgroupModel, limits: Thresholds): boolean {
  const held = knownOr(heldKmemBytes, 0) + knownOr(heldPageBytes, 0);
  return held >= limits.heldBytes || (!isMissing(readSeconds) && secondsSeverity(readSeconds, limits) === 'critical');
}

/** Whether this node counts the dying below each cgroup. */
export function countsDying(cgroups: readonly CgroupModel[]): boolean {
  return cgroups.some((cgroup) => isKnown(cgroup.dyingBelow));
}
