import { isMissing, type Maybe } from '../../core/missing.ts';
import { count, percent, seconds } from '../../format/quantity.ts';
import type { StraceSummary } from '../../trace/strace-summary.ts';
import type { StraceTrace } from '../../trace/trace-counts.ts';
import type { Cell, Table } from './table.ts';

/** The table of `strace -c`, which cuts what is below a microsecond. */
export function summaryTable({ rows }: StraceSummary, most: number): Table {
  return {
    heads: [...rights('% time', 'seconds', 'usecs/call', 'calls', 'errors'), { title: 'syscall', align: 'left' }],
    rows: rows
      .slice(0, most)
      .map((row) => [
        known(row.share, (share) => percent(share * 100)),
        value(row.seconds.toFixed(6)),
        known(row.microsecondsPerCall, (microseconds) => String(Math.trunc(microseconds))),
        value(count(row.calls)),
        value(row.errors === 0 ? '' : count(row.errors)),
        { text: row.call, kind: 'name' },
      ]),
  };
}

/** The calls that most wall time was spent in, over all threads, waits among them. */
export function tracedCallsTable({ calls }: StraceTrace, most: number): Table {
  return {
    heads: [
      ...rights('wall time', 'calls', 'errors', 'timeouts'),
      { title: 'waits', align: 'left' },
      { title: 'call', align: 'left' },
    ],
    rows: calls
      .slice(0, most)
      .map((row) => [
        known(row.seconds, seconds),
        value(count(row.calls)),
        value(count(row.errors)),
        value(count(row.timeouts)),
        value(row.waits ? 'yes' : ''),
        { text: `${row.call} ${row.operation}`.trim(), kind: 'name' },
      ]),
  };
}

/** The files that were read, longest first. */
export function tracedFilesTable({ files }: StraceTrace, most: number): Table {
  return {
    heads: [...rights('time in reads', 'reads', 'opens'), { title: 'file', align: 'left' }],
    rows: files
      .filter(({ reads }) => reads > 0)
      .slice(0, most)
      .map((row) => [
        known(row.readSeconds, seconds),
        value(count(row.reads)),
        value(count(row.opens)),
        { text: row.name, kind: 'name' },
      ]),
  };
}

function rights(...titles: readonly string[]): Table['heads'] {
  return titles.map((title) => ({ title, align: 'right' }));
}

function known(number: Maybe<number>, print: (known: number) => string): Cell {
  return isMissing(number) ? { text: '-', kind: 'missing' } : value(print(number));
}

function value(text: string): Cell {
  return { text, kind: 'value' };
}
