import { isMissing, type Maybe } from '../core/missing.ts';
import type { ReadModel } from '../model/model.ts';
import { cgroupName } from './cgroup-name.ts';
import { readSeverity } from './levels.ts';
import { printable } from './printable.ts';
import { seconds } from './quantity.ts';
import { SEVERITY_STYLE } from './severity.ts';
import { type Run, run, type Style } from './styled.ts';
import type { Column } from './table.ts';
import { valueRun } from './value.ts';

/** The style of a read's time: none where it is quick. */
export function readStyle(value: number): Style {
  const severity = readSeverity(value);
  return severity === 'ok' ? {} : SEVERITY_STYLE[severity];
}

/** The pod that something belongs to; a dash where it belongs to none. */
export function podRun(pod: Maybe<string>): Run {
  if (isMissing(pod) && pod.unavailable === 'absent') return run('–', { ink: 'dim' });
  return valueRun(pod, printable, { ink: 'cyan' });
}

/** A read below the kernel's tick has no CPU time: that is not a lack, it is quick. */
function cpuCell({ wallSeconds, cpuSeconds }: ReadModel): Run {
  if (isMissing(cpuSeconds) && !isMissing(wallSeconds)) return run('short', { ink: 'dim' });
  return valueRun(cpuSeconds, seconds, readStyle);
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
    cell: ({ path, wallSeconds }) =>
      run(cgroupName(path), !isMissing(wallSeconds) && readSeverity(wallSeconds) === 'critical' ? { bold: true } : {}),
  },
  {
    id: 'wall',
    title: 'WALL',
    width: 8,
    align: 'right',
    rank: 0,
    cell: (read) => valueRun(read.wallSeconds, seconds, readStyle),
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
