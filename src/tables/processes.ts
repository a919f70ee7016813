import { printable } from '../core/printable.ts';
import { duration, percent, wholePercent } from '../format/quantity.ts';
import { badStyle } from '../format/severity.ts';
import { run } from '../format/styled.ts';
import { valueRun } from '../format/value.ts';
import type { HeldFileModel, ProcessModel, ThreadModel } from '../model/model.ts';
import { heldOpenSeverity, systemSeverity } from '../model/threshold-severity.ts';
import { reportColumns, screenColumns, type TableColumn } from './column.ts';

/** What all tables of CPU time have; `fields` is where the catalogue has them, `report` the place of the first. */
function cpuColumns<Row extends Pick<ProcessModel, 'cpuPct' | 'userPct' | 'systemPct'>>(
  fields: 'processes[]' | 'kubelet.threadRows[]',
  report: number,
): readonly TableColumn<Row>[] {
  return [
    { field: `${fields}.cpuPct`, value: (row) => row.cpuPct, screen: { id: 'cpu', width: 8, rank: 0 }, report },
    {
      field: `${fields}.userPct`,
      value: (row) => row.userPct,
      screen: { id: 'user', width: 8, rank: 2 },
      report: report + 1,
    },
    {
      field: `${fields}.systemPct`,
      value: (row) => row.systemPct,
      screen: {
        id: 'system',
        width: 8,
        rank: 0,
        cell: (row, limits) => valueRun(row.systemPct, percent, (known) => badStyle(systemSeverity(known, limits))),
      },
      report: report + 2,
    },
  ];
}

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

const THREADS: readonly TableColumn<ThreadModel>[] = [
  {
    field: 'kubelet.threadRows[].tid',
    value: (row) => row.tid,
    screen: { title: 'TID', width: 7, rank: 0, align: 'right', compare: (a, b) => a.tid - b.tid },
    report: 1,
  },
  {
    field: 'kubelet.threadRows[].comm',
    value: (row) => row.comm,
    screen: { id: 'name', title: 'THREAD', width: 12, grows: true, rank: 0 },
    report: 2,
  },
  {
    field: 'kubelet.threadRows[].state',
    value: (row) => row.state,
    screen: {
      width: 9,
      rank: 3,
      cell: ({ state }) =>
        run(`${printable(state)} ${STATES[state] ?? ''}`, { ink: state === 'R' || state === 'D' ? 'yellow' : 'dim' }),
    },
    report: 3,
  },
  ...cpuColumns<ThreadModel>('kubelet.threadRows[]', 4),
  {
    field: 'kubelet.threadRows[].cpuSeconds',
    value: (row) => row.cpuSeconds,
    screen: { id: 'time', width: 11, rank: 1, cell: (row) => run(duration(row.cpuSeconds)) },
    report: 7,
  },
];

/** kubelet's threads. */
export const THREAD_COLUMNS = screenColumns(THREADS);

/** The same in reports. */
export const THREAD_REPORT = reportColumns(THREADS);

const PROCESSES: readonly TableColumn<ProcessModel>[] = [
  { field: 'processes[].pid', value: (row) => row.pid, screen: { width: 7, rank: 0, align: 'right' }, report: 1 },
  {
    field: 'processes[].comm',
    value: (row) => row.comm,
    screen: { id: 'process', width: 12, grows: true, rank: 0 },
    report: 2,
  },
  ...cpuColumns<ProcessModel>('processes[]', 3),
  { field: 'processes[].threads', value: (row) => row.threads, screen: { width: 7, rank: 3 }, report: 6 },
  { field: 'processes[].rssBytes', value: (row) => row.rssBytes, screen: { id: 'rss', width: 9, rank: 4 }, report: 7 },
];

/** The processes with the most system time. */
export const PROCESS_COLUMNS = screenColumns(PROCESSES);

/** The same in reports. */
export const PROCESS_REPORT = reportColumns(PROCESSES);

const HELD: readonly TableColumn<HeldFileModel>[] = [
  {
    field: 'kubelet.heldFiles[].readingPct',
    value: (row) => row.readingPct,
    screen: {
      id: 'reading',
      title: 'IN READ',
      width: 7,
      rank: 0,
      cell: (row, limits) => valueRun(row.readingPct, wholePercent, (pct) => badStyle(heldOpenSeverity(pct, limits))),
    },
    report: 4,
  },
  {
    field: 'kubelet.heldFiles[].openPct',
    value: (row) => row.openPct,
    screen: { id: 'open', width: 6, rank: 1, cell: (row) => run(wholePercent(row.openPct)) },
    report: 3,
  },
  {
    field: 'kubelet.heldFiles[].openNow',
    value: (row) => row.openNow,
    screen: {
      id: 'now',
      title: 'NOW',
      width: 3,
      rank: 2,
      cell: (row) => run(row.openNow ? 'yes' : '', { bold: true }),
    },
    report: 5,
  },
  {
    field: 'kubelet.heldFiles[].comm',
    value: (row) => row.comm,
    screen: {
      id: 'who',
      title: 'WHO',
      width: 16,
      rank: 1,
      cell: (row) => run(`${printable(row.comm)} ${row.pid}`),
    },
    report: 2,
  },
  { field: 'kubelet.heldFiles[].pid', value: (row) => row.pid, report: 1 },
  {
    field: 'kubelet.heldFiles[].file',
    value: (row) => row.file,
    screen: { title: 'MEMORY FILE OPEN', width: 14, grows: true, cut: 'left', rank: 0 },
    report: 6,
  },
];

/** Who has a memory file open, and in how many of the looks of the last minute. */
export const HELD_COLUMNS = screenColumns(HELD);

/** The same in reports. */
export const HELD_REPORT = reportColumns(HELD);
