import { isKnown } from '../../core/missing.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { traceSentences } from '../../format/trace-sentences.ts';
import { wrapText } from '../../format/wrap.ts';
import type { Traced } from '../../trace/traced.ts';
import { summaryTable, tracedCallsTable, tracedFilesTable } from '../content/trace.ts';
import { tableLines } from './table-lines.ts';

/** How much of a trace is told. */
export interface TraceTextOptions {
  readonly columns: number;
  /** Rows of the table of calls. */
  readonly most: number;
}

const MOST_TRACED = 10;

/** A trace for a person: the table of calls as strace prints it, what it means, and who reads what. */
export function traceLines(traced: Traced, { columns, most }: TraceTextOptions): readonly StyledLine[] {
  const { summary, trace } = traced;
  const sentences = traceSentences(traced).flatMap((text) =>
    wrapText(text, columns - 2, 2).map((line): StyledLine => [run(` ${line}`)]),
  );
  const left = isKnown(summary) ? summary.rows.length - most : 0;
  return [
    ...(isKnown(summary) ? [...tableLines(summaryTable(summary, most), columns)] : []),
    ...(left > 0 ? [[run(` ${left} more calls`, { ink: 'dim' as const })]] : []),
    ...(isKnown(summary) ? [[]] : []),
    ...sentences,
    ...(isKnown(trace)
      ? [
          [],
          ...tableLines(tracedCallsTable(trace, MOST_TRACED), columns),
          [],
          ...tableLines(tracedFilesTable(trace, MOST_TRACED), columns),
        ]
      : []),
  ];
}
