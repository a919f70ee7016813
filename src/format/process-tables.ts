import type { Maybe } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import type { HeldFileModel, ProcessModel, ThreadModel } from '../model/model.ts';
import { heldOpenSeverity, systemSeverity } from '../model/threshold-severity.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { alphabetically, largestFirst } from './compare.ts';
import { bytes, count, duration, percent, wholePercent } from './quantity.ts';
import { badStyle } from './severity.ts';
import { type Run, run } from './styled.ts';
import type { Column } from './table.ts';
import { valueRun } from './value.ts';

interface CpuRow {
  readonly cpuPct: Maybe<number>;
  readonly userPct: Maybe<number>;
  readonly systemPct: Maybe<number>;
}

function systemRun(value: Maybe<number>, limits: Thresholds): Run {
  return valueRun(value, percent, (known) => badStyle(systemSeverity(known, limits)));
}

const cpuColumns = <Row extends CpuRow>(): readonly Column<Row>[] => [
  {
    id: 'cpu',
    title: 'CPU',
    width: 8,
    align: 'right',
    rank: 0,
    cell: (row) => valueRun(row.cpuPct, percent),
    compare: largestFirst((row) => row.cpuPct),
  },
  {
    id: 'user',
    title: 'USER',
    width: 8,
    align: 'right',
    rank: 2,
    cell: (row) => valueRun(row.userPct, percent),
    compare: largestFirst((row) => row.userPct),
  },
  {
    id: 'system',
    title: 'SYSTEM',
    width: 8,
    align: 'right',
    rank: 0,
    cell: (row, limits) => systemRun(row.systemPct, limits),
    compare: largestFirst((row) => row.systemPct),
  },
];

/** What a process's state letter says (proc(5)). */
const STATES: Readonly<Record<string, string>> = {
  R: 'runs',
  S: 'sleeps',
  D: 'waits',
  Z: 'zombie',
  T: 'stopped',
  t: 'traced',
  I: 'idle',
};

/** kubelet's threads. */
export const THREAD_COLUMNS: readonly Column<ThreadModel>[] = [
  {
    id: 'tid',
    title: 'TID',
    width: 7,
    align: 'right',
    rank: 0,
    cell: (row) => run(String(row.tid)),
    compare: (a, b) => a.tid - b.tid,
  },
  {
    id: 'name',
    title: 'THREAD',
    width: 12,
    grows: true,
    align: 'left',
    rank: 0,
    cell: (row) => run(printable(row.comm)),
    compare: alphabetically((row) => row.comm),
  },
  {
    id: 'state',
    title: 'STATE',
    width: 9,
    align: 'left',
    rank: 3,
    cell: (row) =>
      run(
        `${printable(row.state)} ${STATES[row.state] ?? ''}`,
        row.state === 'R' || row.state === 'D' ? { ink: 'yellow' } : { ink: 'dim' },
      ),
    compare: alphabetically((row) => row.state),
  },
  ...cpuColumns<ThreadModel>(),
  {
    id: 'time',
    title: 'CPU TIME',
    width: 11,
    align: 'right',
    rank: 1,
    cell: (row) => run(duration(row.cpuSeconds)),
    compare: largestFirst((row) => row.cpuSeconds),
  },
];

/** The processes with the most system time. */
export const PROCESS_COLUMNS: readonly Column<ProcessModel>[] = [
  { id: 'pid', title: 'PID', width: 7, align: 'right', rank: 0, cell: (row) => run(String(row.pid)) },
  {
    id: 'process',
    title: 'PROCESS',
    width: 12,
    grows: true,
    align: 'left',
    rank: 0,
    cell: (row) => run(printable(row.comm)),
  },
  ...cpuColumns<ProcessModel>(),
  { id: 'threads', title: 'THREADS', width: 7, align: 'right', rank: 3, cell: (row) => run(count(row.threads)) },
  { id: 'rss', title: 'RSS', width: 9, align: 'right', rank: 4, cell: (row) => valueRun(row.rssBytes, bytes) },
];

/** Who has a memory file open, and in how many of the looks of the last minute. */
export const HELD_COLUMNS: readonly Column<HeldFileModel>[] = [
  {
    id: 'reading',
    title: 'IN READ',
    width: 7,
    align: 'right',
    rank: 0,
    cell: (row, limits) => valueRun(row.readingPct, wholePercent, (pct) => badStyle(heldOpenSeverity(pct, limits))),
  },
  {
    id: 'open',
    title: 'OPEN',
    width: 6,
    align: 'right',
    rank: 1,
    cell: (row) => run(wholePercent(row.openPct)),
  },
  {
    id: 'now',
    title: 'NOW',
    width: 3,
    align: 'left',
    rank: 2,
    cell: (row) => run(row.openNow ? 'yes' : '', { bold: true }),
  },
  {
    id: 'who',
    title: 'WHO',
    width: 16,
    align: 'left',
    rank: 1,
    cell: (row) => run(`${printable(row.comm)} ${row.pid}`),
  },
  {
    id: 'file',
    title: 'MEMORY FILE OPEN',
    width: 14,
    grows: true,
    align: 'left',
    cut: 'left',
    rank: 0,
    cell: (row) => run(printable(row.file)),
  },
];
