import { isKnown, isMissing, knownOr, type Maybe, type Missing, missing } from '../core/missing.ts';
import { NOISE_BYTES } from '../core/noise.ts';
import { printable } from '../core/printable.ts';
import { cgroupName } from '../format/cgroup-name.ts';
import { bytes, count, percent } from '../format/quantity.ts';
import { badStyle, SEVERITY_STYLE } from '../format/severity.ts';
import { type Run, run } from '../format/styled.ts';
import { valueRun } from '../format/value.ts';
import type { CgroupModel } from '../model/model.ts';
import { secondsSeverity, severityFrom } from '../model/threshold-severity.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { reportColumns, screenColumns, type TableColumn } from './column.ts';
import { podRun, readRun } from './reads.ts';

/** A cgroup in its row. */
export interface CgroupRow {
  readonly cgroup: CgroupModel;
  /** Its place in a tree: what stands before the last part of its path. Without it the whole path is shown. */
  readonly branch?: string;
}

/** Live cgroups: on the screen all of them, in reports those below which most come and go. */
const CGROUPS: readonly TableColumn<CgroupRow>[] = [
  {
    field: 'memcg.cgroups[].path',
    value: ({ cgroup }) => cgroup.path,
    screen: {
      width: 24,
      grows: true,
      cut: 'left',
      rank: 0,
      cell: (row, limits) => run(nameOf(row), isSick(row.cgroup, limits) ? { bold: true } : {}),
    },
    report: 1,
  },
  {
    field: 'memcg.cgroups[].pod',
    value: ({ cgroup }) => cgroup.pod,
    screen: { width: 14, grows: true, rank: 1, cut: 'middle', cell: ({ cgroup }) => podRun(cgroup.pod) },
    report: 2,
  },
  {
    field: 'memcg.cgroups[].usageBytes',
    value: ({ cgroup }) => cgroup.usageBytes,
    screen: { id: 'usage', width: 9, rank: 5 },
    report: 6,
  },
  {
    field: 'memcg.cgroups[].kmemBytes',
    value: ({ cgroup }) => cgroup.kmemBytes,
    screen: { id: 'kmem', title: 'KMEM', width: 9, rank: 4 },
  },
  {
    field: 'memcg.cgroups[].limitBytes',
    value: ({ cgroup }) => cgroup.limitBytes,
    screen: {
      id: 'limit',
      width: 9,
      rank: 3,
      cell: ({ cgroup: { limitBytes } }) => {
        if (!isMissing(limitBytes)) return run(bytes(limitBytes));
        return limitBytes.unavailable === 'absent' ? run('none', { ink: 'dim' }) : notOfPod(limitBytes);
      },
    },
  },
  {
    field: 'memcg.cgroups[].limitFailures',
    value: ({ cgroup }) => cgroup.limitFailures,
    screen: { id: 'limit-hit', width: 9, rank: 1, cell: ({ cgroup }) => failuresRun(cgroup.limitFailures) },
  },
  {
    field: 'memcg.cgroups[].kmemFailures',
    value: ({ cgroup }) => cgroup.kmemFailures,
    screen: {
      id: 'kmem-refused',
      title: 'KMEM FAIL',
      width: 9,
      rank: 1,
      cell: ({ cgroup }) => failuresRun(cgroup.kmemFailures),
    },
  },
  {
    field: 'memcg.cgroups[].oomKills',
    value: ({ cgroup }) => cgroup.oomKills,
    screen: { id: 'oom-kills', width: 9, rank: 2, cell: ({ cgroup }) => failuresRun(cgroup.oomKills) },
  },
  {
    field: 'memcg.cgroups[].pressurePct',
    value: ({ cgroup }) => cgroup.pressurePct,
    screen: {
      id: 'pressure',
      title: 'PRESSURE',
      width: 8,
      rank: 3,
      cell: ({ cgroup: { pressurePct } }) =>
        isMissing(pressurePct)
          ? notOfPod(pressurePct)
          : valueRun(pressurePct, percent, (pct) => (pct < PRESSURE_PCT ? { ink: 'dim' } : { ink: 'yellow' })),
    },
  },
  {
    field: 'memcg.cgroups[].readSeconds',
    value: ({ cgroup }) => cgroup.readSeconds,
    screen: {
      id: 'read',
      width: 8,
      rank: 2,
      // A walk knows the wall time of the latest read only.
      cell: ({ cgroup }, limits) =>
        readRun({ wallSeconds: cgroup.readSeconds, cpuSeconds: NO_CPU_TIME, beforeDrop: false }, limits),
    },
  },
  {
    field: 'memcg.cgroups[].heldKmemBytes',
    value: ({ cgroup }) => cgroup.heldKmemBytes,
    screen: {
      id: 'held-kmem',
      title: 'HELD KMEM',
      width: 9,
      rank: 0,
      cell: ({ cgroup }, limits) => heldRun(cgroup.heldKmemBytes, cgroup, limits),
    },
  },
  {
    field: 'memcg.cgroups[].heldPageBytes',
    value: ({ cgroup }) => cgroup.heldPageBytes,
    screen: {
      id: 'held-pages',
      width: 10,
      rank: 3,
      cell: ({ cgroup }, limits) => heldRun(cgroup.heldPageBytes, cgroup, limits),
    },
  },
  {
    field: 'memcg.cgroups[].heldBytes',
    value: ({ cgroup }) => cgroup.heldBytes,
    screen: {
      id: 'held',
      width: 9,
      rank: 0,
      cell: ({ cgroup }, limits) => heldRun(cgroup.heldBytes, cgroup, limits),
    },
  },
  { field: 'memcg.cgroups[].children', value: ({ cgroup }) => cgroup.children, report: 3 },
  {
    field: 'memcg.cgroups[].dyingBelow',
    value: ({ cgroup }) => cgroup.dyingBelow,
    screen: {
      id: 'dying',
      title: 'DYING',
      width: 8,
      rank: 5,
      cell: ({ cgroup }, limits) =>
        valueRun(cgroup.dyingBelow, count, (dying) => badStyle(severityFrom(dying, limits.dyingWarning))),
    },
    report: 5,
  },
  {
    field: 'memcg.cgroups[].churnPerMinute',
    value: ({ cgroup }) => cgroup.churnPerMinute,
    screen: {
      id: 'churn',
      title: 'CHURN/min',
      width: 9,
      rank: 6,
      cell: ({ cgroup }) => valueRun(cgroup.churnPerMinute, (value) => (value === 0 ? '0' : value.toFixed(1))),
    },
    report: 4,
  },
];

const NO_CPU_TIME = missing('absent', 'only the wall time is known');

/** Every column that the table of live cgroups can have: rows can be sorted by each. */
export const CGROUP_COLUMNS = screenColumns(CGROUPS);

/** Columns that say something only on some nodes, and when they do. */
const SOMETIMES: Readonly<Record<string, (cgroups: readonly CgroupModel[]) => boolean>> = {
  // Where the dying are counted below each cgroup there is one figure of what they hold: v2; else there are two: v1.
  'held-kmem': (cgroups) => !countsDying(cgroups),
  'held-pages': (cgroups) => !countsDying(cgroups),
  dying: countsDying,
  held: countsDying,
  // Limits are worth their room where one was hit, and pressure where there is some.
  limit: (cgroups) => cgroups.some((each) => failed(each.limitFailures) || failed(each.oomKills)),
  'limit-hit': (cgroups) => cgroups.some(({ limitFailures }) => failed(limitFailures)),
  'kmem-refused': (cgroups) => cgroups.some(({ kmemFailures }) => failed(kmemFailures)),
  'oom-kills': (cgroups) => cgroups.some(({ oomKills }) => failed(oomKills)),
  pressure: (cgroups) => cgroups.some(({ pressurePct }) => knownOr(pressurePct, 0) >= PRESSURE_PCT),
};

/** The columns that say something of these cgroups. */
export function cgroupColumns(cgroups: readonly CgroupModel[]): typeof CGROUP_COLUMNS {
  return CGROUP_COLUMNS.filter(({ id }) => SOMETIMES[id]?.(cgroups) ?? true);
}

/** Live cgroups in reports. */
export const CGROUP_REPORT = reportColumns(CGROUPS);

/** Whether this node counts the dying below each cgroup. */
export function countsDying(cgroups: readonly CgroupModel[]): boolean {
  return cgroups.some((cgroup) => isKnown(cgroup.dyingBelow));
}

/** Less than this is a task that waited once. */
const PRESSURE_PCT = 1;

function failed(failures: Maybe<number>): boolean {
  return knownOr(failures, 0) > 0;
}

/** What is read of pods alone is no want elsewhere. */
function notOfPod(missing: Missing): Run {
  return missing.unavailable === 'unsupported' ? run('–', { ink: 'dim' }) : valueRun(missing, String);
}

function failuresRun(failures: Maybe<number>): Run {
  if (isMissing(failures)) return notOfPod(failures);
  return valueRun(failures, count, (value) => (value === 0 ? { ink: 'dim' } : SEVERITY_STYLE.warning));
}

function nameOf({ cgroup, branch }: CgroupRow): string {
  const { path, container } = cgroup;
  // A container is called by its name; the id stays beside it, by which crictl knows it.
  const name = isMissing(container) ? lastName(path) : `${printable(container)} ${lastName(path)}`;
  if (branch !== undefined) return branch + name;
  const whole = cgroupName(path);
  return path === '/' ? whole : whole.slice(0, whole.lastIndexOf('/') + 1) + name;
}

/** The last part of a path; the root's is `/`. */
export function lastName(path: string): string {
  return path === '/' ? '/' : cgroupName(path.slice(path.lastIndexOf('/') + 1));
}

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

function isSick(cgroup: CgroupModel, limits: Thresholds): boolean {
  const { readSeconds, heldKmemBytes, heldPageBytes, heldBytes } = cgroup;
  const held = Math.max(knownOr(heldKmemBytes, 0) + knownOr(heldPageBytes, 0), knownOr(heldBytes, 0));
  return held >= limits.heldBytes || (!isMissing(readSeconds) && secondsSeverity(readSeconds, limits) === 'critical');
}
