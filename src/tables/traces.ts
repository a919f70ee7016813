import { printable } from '../core/printable.ts';
import { alphabetically, largestFirst } from '../format/compare.ts';
import { count, percent, seconds, wholePercent } from '../format/quantity.ts';
import { run } from '../format/styled.ts';
import type { Column } from '../format/table.ts';
import { valueRun } from '../format/value.ts';
import type { SyscallRow } from '../model/model.ts';
import type { StraceSummaryRow } from '../trace/strace-summary.ts';
import type { TracedCall } from '../trace/trace-counts.ts';
import type { TracedFile } from '../trace/trace-files.ts';

/** The columns that `strace -c` prints. */
export const SUMMARY_COLUMNS: readonly Column<StraceSummaryRow>[] = [
  {
    id: 'share',
    title: '% TIME',
    width: 7,
    align: 'right',
    rank: 0,
    cell: (row) => valueRun(row.share, (share) => percent(share * 100)),
    compare: largestFirst((row) => row.share),
  },
  {
    id: 'seconds',
    title: 'TIME',
    width: 9,
    align: 'right',
    rank: 1,
    cell: (row) => run(seconds(row.seconds)),
    compare: largestFirst((row) => row.seconds),
  },
  {
    id: 'per-call',
    title: 'PER CALL',
    width: 9,
    align: 'right',
    rank: 2,
    cell: (row) => valueRun(row.microsecondsPerCall, (microseconds) => seconds(microseconds / 1e6)),
    compare: largestFirst((row) => row.microsecondsPerCall),
  },
  {
    id: 'calls',
    title: 'CALLS',
    width: 9,
    align: 'right',
    rank: 0,
    cell: (row) => run(count(row.calls)),
    compare: largestFirst((row) => row.calls),
  },
  {
    id: 'errors',
    title: 'ERRORS',
    width: 8,
    align: 'right',
    rank: 0,
    cell: (row) => run(row.errors === 0 ? '' : count(row.errors)),
    compare: largestFirst((row) => row.errors),
  },
  {
    id: 'call',
    title: 'SYSTEM CALL',
    width: 14,
    grows: true,
    align: 'left',
    rank: 0,
    cell: (row) => run(printable(row.call)),
    compare: alphabetically((row) => row.call),
  },
];

/** Calls of a trace, per operation of futex. */
export const CALL_COLUMNS: readonly Column<TracedCall>[] = [
  { id: 'time', title: 'TIME', width: 9, align: 'right', rank: 0, cell: (row) => valueRun(row.seconds, seconds) },
  { id: 'calls', title: 'CALLS', width: 8, align: 'right', rank: 0, cell: (row) => run(count(row.calls)) },
  {
    id: 'timeouts',
    title: 'TIMEOUTS',
    width: 8,
    align: 'right',
    rank: 1,
    cell: (row) => run(row.timeouts === 0 ? '' : count(row.timeouts)),
  },
  {
    id: 'waits',
    title: '',
    width: 5,
    align: 'left',
    rank: 2,
    cell: (row) => run(row.waits ? 'waits' : '', { ink: 'dim' }),
  },
  {
    id: 'call',
    title: 'CALL BY CALL',
    width: 14,
    grows: true,
    align: 'left',
    rank: 0,
    cell: (row) => run(printable(`${row.call} ${row.operation}`.trim())),
  },
];

/** Files by the time that reading them took. */
export const FILE_COLUMNS: readonly Column<TracedFile>[] = [
  { id: 'time', title: 'TIME', width: 9, align: 'right', rank: 0, cell: (row) => valueRun(row.readSeconds, seconds) },
  { id: 'reads', title: 'READS', width: 8, align: 'right', rank: 0, cell: (row) => run(count(row.reads)) },
  { id: 'opens', title: 'OPENS', width: 8, align: 'right', rank: 1, cell: (row) => run(count(row.opens)) },
  {
    id: 'file',
    title: 'FILE READ',
    width: 14,
    grows: true,
    align: 'left',
    rank: 0,
    cell: (row) => run(printable(row.name), row.name.startsWith('memory.') ? { bold: true } : {}),
  },
];

/** What threads were seen doing at the looks of the last minute, without strace. */
export const SYSCALL_COLUMNS: readonly Column<SyscallRow>[] = [
  { id: 'looks', title: 'SAMPLES', width: 6, align: 'right', rank: 0, cell: (row) => run(wholePercent(row.looksPct)) },
  { id: 'threads', title: 'THREADS', width: 7, align: 'right', rank: 1, cell: (row) => run(count(row.threads)) },
  {
    id: 'doing',
    title: 'STATE',
    width: 12,
    grows: true,
    align: 'left',
    rank: 0,
    cell: (row) =>
      run(printable(row.name), row.kind === 'running' ? { ink: 'yellow' } : row.waits ? { ink: 'dim' } : {}),
  },
  {
    id: 'how',
    title: '',
    width: 9,
    align: 'left',
    rank: 3,
    cell: (row) =>
      run(row.waits ? 'waits' : row.kind === 'call' ? 'call' : row.kind === 'running' ? 'on a CPU' : 'blocked', {
        ink: 'dim',
      }),
  },
  {
    id: 'system',
    title: 'IN KERNEL',
    width: 9,
    align: 'right',
    rank: 2,
    cell: (row) => (row.kind === 'running' ? valueRun(row.systemPct, wholePercent) : run('')),
  },
  {
    id: 'wchan',
    title: 'SLEEPS IN',
    width: 20,
    align: 'left',
    rank: 4,
    cell: (row) => run(printable(row.wchans[0]?.name ?? ''), { ink: 'dim' }),
  },
];
