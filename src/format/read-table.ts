import { isMissing, type Maybe } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import type { ReadModel } from '../model/model.ts';
import { readSeverity, secondsSeverity } from '../model/threshold-severity.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { cgroupName } from './cgroup-name.ts';
import { seconds } from './quantity.ts';
import { badStyle } from './severity.ts';
import { type Run, run } from './styled.ts';
import type { Column } from './table.ts';
import { valueRun } from './value.ts';

/** The wall time of a read in the colour of what it cost: without a CPU time that is the wall time. */
export function readRun({ wallSeconds, cpuSeconds }: ReadTimes, limits: Thresholds): Run {
  return valueRun(wallSeconds, seconds, (wall) => badStyle(readSeverity(wall, cpuSeconds, limits)));
}

type ReadTimes = Pick<ReadModel, 'wallSeconds' | 'cpuSeconds'>;

/** The pod that something belongs to; a dash where it belongs to none. */
export function podRun(pod: Maybe<string>): Run {
  if (isMissing(pod) && pod.unavailable === 'absent') return run('–', { ink: 'dim' });
  return valueRun(pod, printable, { ink: 'cyan' });
}

/** A read below the kernel's tick has no CPU time: that is not a lack, it is quick. */
function cpuCell({ wallSeconds, cpuSeconds }: ReadModel, limits: Thresholds): Run {
  if (isMissing(cpuSeconds) && !isMissing(wallSeconds)) return run('short', { ink: 'dim' });
  return valueRun(cpuSeconds, seconds, (cpu) => badStyle(secondsSeverity(cpu, limits)));
}

function isCritical({ wallSeconds, cpuSeconds }: ReadModel, limits: Thresholds): boolean {
  return !isMissing(wallSeconds) && readSeverity(wallSeconds, cpuSeconds, limits) === 'critical';
}

/** The latest timed reads, slowest first. */
export const READ_COLUMNS: readonly Column<ReadModel>[] = [
  {
    id: 'path',
    title: 'SLOWEST READ',
    width: 22,
    grows: true,
    align: 'left',
    cut: 'left',
    rank: 0,
    cell: (read, limits) => run(cgroupName(read.path), isCritical(read, limits) ? { bold: true } : {}),
  },
  {
    id: 'wall',
    title: 'WALL',
    width: 8,
    align: 'right',
    rank: 0,
    cell: readRun,
  },
  {
    id: 'cpu',
    title: 'CPU',
    width: 8,
    align: 'right',
    rank: 1,
    cell: cpuCell,
  },
  {
    id: 'file',
    title: 'FILE',
    width: 16,
    align: 'left',
    rank: 2,
    cell: ({ file }) => run(file === 'memory.usage_in_bytes' ? 'usage_in_bytes' : file, { ink: 'dim' }),
  },
  { id: 'pod', title: 'POD', width: 14, grows: true, align: 'left', rank: 3, cell: ({ pod }) => podRun(pod) },
];
