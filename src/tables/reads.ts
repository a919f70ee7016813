import type { EpochMs } from '../core/clock.ts';
import { isMissing, type Maybe } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import { readAge } from '../format/age.ts';
import { cgroupName } from '../format/cgroup-name.ts';
import { seconds } from '../format/quantity.ts';
import { badStyle } from '../format/severity.ts';
import { type Run, run } from '../format/styled.ts';
import type { Column } from '../format/table.ts';
import { valueRun } from '../format/value.ts';
import type { ReadModel } from '../model/model.ts';
import { isOld } from '../model/moments.ts';
import { readSeverity, secondsSeverity } from '../model/threshold-severity.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { reportColumns, screenColumns, type TableColumn } from './column.ts';

const READS: readonly TableColumn<ReadModel>[] = [
  {
    field: 'reads[].path',
    value: (read) => read.path,
    screen: {
      title: 'SLOWEST READ',
      width: 22,
      grows: true,
      cut: 'left',
      rank: 0,
      cell: (read, limits) =>
        read.beforeDrop
          ? run(`${cgroupName(read.path)} (before the drop)`, { ink: 'dim' })
          : run(cgroupName(read.path), isCritical(read, limits) ? { bold: true } : {}),
    },
    report: 1,
  },
  {
    field: 'reads[].wallSeconds',
    value: (read) => read.wallSeconds,
    screen: { id: 'wall', width: 8, rank: 0, cell: readRun },
    report: 3,
  },
  {
    field: 'reads[].cpuSeconds',
    value: (read) => read.cpuSeconds,
    screen: { id: 'cpu', width: 8, rank: 3, cell: cpuCell },
    report: 4,
  },
  {
    field: 'reads[].file',
    value: (read) => read.file,
    screen: {
      width: 16,
      rank: 2,
      cell: ({ file }) => run(file === 'memory.usage_in_bytes' ? 'usage_in_bytes' : file, { ink: 'dim' }),
    },
    report: 2,
  },
  {
    field: 'reads[].pod',
    value: (read) => read.pod,
    screen: { width: 14, grows: true, rank: 3, cut: 'middle', cell: ({ pod }) => podRun(pod) },
    report: 5,
  },
  { field: 'reads[].beforeDrop', value: (read) => read.beforeDrop, report: 6 },
];

const READ_COLUMNS = screenColumns(READS);

/** The latest timed reads, slowest first; with how old each is where one is: on a sick node they rest for minutes. */
export function readColumns(reads: readonly ReadModel[], now: EpochMs): readonly Column<ReadModel>[] {
  const old = ({ at }: ReadModel) => isOldRead(at, now);
  if (!reads.some(old)) return READ_COLUMNS;
  const age: Column<ReadModel> = {
    id: 'age',
    title: 'AGE',
    width: 6,
    align: 'right',
    rank: 1,
    cell: (read) => run(readAge(read.at, now), old(read) ? { ink: 'yellow' } : { ink: 'dim' }),
  };
  return READ_COLUMNS.flatMap((column) => (column.id === 'wall' ? [column, age] : [column]));
}

/** Whether a read is too old to stand there as if it were now. */
export function isOldRead(at: EpochMs, now: EpochMs): boolean {
  return isOld('statReads', (now - at) / 1000, 0);
}

/** The same in reports. */
export const READ_REPORT = reportColumns(READS);

/**
 * The wall time of a read in the colour of what it cost: without a CPU time that is the wall time. One from before the
 * last drop has no colour: it says nothing of now.
 */
export function readRun(
  { wallSeconds, cpuSeconds, beforeDrop }: Pick<ReadModel, 'wallSeconds' | 'cpuSeconds' | 'beforeDrop'>,
  limits: Thresholds,
): Run {
  if (beforeDrop) return valueRun(wallSeconds, seconds, { ink: 'dim' });
  return valueRun(wallSeconds, seconds, (wall) => badStyle(readSeverity(wall, cpuSeconds, limits)));
}

/** The pod that something belongs to; a dash where it belongs to none. */
export function podRun(pod: Maybe<string>): Run {
  if (isMissing(pod) && pod.unavailable === 'absent') return run('–', { ink: 'dim' });
  return valueRun(pod, printable, { ink: 'cyan' });
}

/** A read below the kernel's tick has no CPU time: that is not a lack, it is quick. */
function cpuCell({ wallSeconds, cpuSeconds, beforeDrop }: ReadModel, limits: Thresholds): Run {
  if (beforeDrop) return valueRun(cpuSeconds, seconds, { ink: 'dim' });
  if (isMissing(cpuSeconds) && !isMissing(wallSeconds)) return run('short', { ink: 'dim' });
  return valueRun(cpuSeconds, seconds, (cpu) => badStyle(secondsSeverity(cpu, limits)));
}

function isCritical({ wallSeconds, cpuSeconds }: ReadModel, limits: Thresholds): boolean {
  return !isMissing(wallSeconds) && readSeverity(wallSeconds, cpuSeconds, limits) === 'critical';
}
