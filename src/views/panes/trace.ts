import { isMissing, knownOr, mapKnown } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { sortRows } from '../../format/table.ts';
import { traceSentences } from '../../format/trace-sentences.ts';
import { wrapText } from '../../format/wrap.ts';
import { CALL_COLUMNS, FILE_COLUMNS, SUMMARY_COLUMNS } from '../../tables/traces.ts';
import type { StraceSummaryRow } from '../../trace/strace-summary.ts';
import type { Traced } from '../../trace/traced.ts';
import { beside } from '../box.ts';
import { matches } from '../filter.ts';
import type { Pane, Shown } from '../pane.ts';
import { progressBar } from '../progress-bar.ts';
import type { Size } from '../state.ts';
import { step } from '../step.ts';
import { tableLines } from '../table-lines.ts';
import { askTrace } from '../trace-dialog.ts';

const DEFAULT_SORT = 'share';

/** What strace saw of kubelet: a second page of the Kubelet pane, opened by its keys. */
export const tracePane: Pane = {
  id: 'trace',
  digit: '4',
  title: 'Kubelet',
  keys: [
    { keys: ['s'], action: 'trace', group: 'Here', help: 'run strace on kubelet again (asks first)', footer: 'strace' },
    { keys: ['v'], action: 'pane:kubelet', group: 'Here', help: 'back to the threads', footer: 'threads' },
  ],
  sorts: SUMMARY_COLUMNS.map(({ id }) => id),
  defaultSort: DEFAULT_SORT,
  rowCount: (shown) => rowsOf(shown).length,
  visibleRows: (shown, size) => Math.max(0, size.rows - headOf(shown, size).length - sideRows(size) - 1),
  graphs: () => [],
  draw,
  act: ({ state }, action) => (action === 'trace' ? step(askTrace(state)) : undefined),
};

function rowsOf({ state }: Shown): readonly StraceSummaryRow[] {
  const { result } = state.trace;
  if (result === undefined || isMissing(result.summary)) return [];
  const { filter, sort, inverted } = state.tables.trace;
  const found = result.summary.rows.filter((row) => matches(filter, row.call));
  return sortRows(found, SUMMARY_COLUMNS, sort ?? DEFAULT_SORT, inverted);
}

/** What runs, and what the trace means; on a low screen only the beginning of it. */
function headOf({ state }: Shown, { columns, rows }: Size): StyledLine[] {
  const { running, result, failed } = state.trace;
  const said = (text: string, first = ' '): StyledLine[] =>
    wrapText(printable(text), Math.max(1, columns - 3)).map((line, at) => [
      run(at === 0 ? `${first}${line}` : `   ${line}`),
    ]);
  const lines: StyledLine[] = [
    ...(running === undefined ? [] : [progressBar(running.progress, columns)]),
    ...(failed === undefined ? [] : said(failed)),
    ...(result === undefined ? said('no trace was taken yet: s runs strace on kubelet') : meaning(result, said)),
  ];
  return [...lines.slice(0, Math.max(1, Math.floor(rows / 2) - 1)), []];
}

function meaning(result: Traced, said: (text: string, first?: string) => StyledLine[]): StyledLine[] {
  const origin: StyledLine = [run(` strace of ${printable(result.origin)}`, { bold: true })];
  return [origin, ...traceSentences(result).flatMap((sentence) => said(sentence, ' - '))];
}

/** Of the tables of the call by call trace, below the table of calls. */
function sideRows({ rows }: Size): number {
  return rows < 20 ? 0 : Math.floor(rows * 0.3);
}

function draw(shown: Shown, size: Size): StyledLine[] {
  const head = headOf(shown, size);
  const { result } = shown.state.trace;
  if (result === undefined) return head;
  const { top, cursor, sort } = shown.state.tables.trace;
  const { columns } = size;
  const below = sideRows(size);
  const rows = Math.max(0, size.rows - head.length - below);
  const summary = isMissing(result.summary) ? result.summary : rowsOf(shown);
  const calls = tableLines(summary, SUMMARY_COLUMNS, {
    columns,
    rows,
    top,
    cursor,
    limits: shown.diagnosis.thresholds,
    sort: sort ?? DEFAULT_SORT,
    none: 'no call has this in its name',
  });
  while (calls.length < rows) calls.push([]);
  return [...head, ...calls, ...callByCall(shown, result, { columns, rows: below })];
}

function callByCall({ diagnosis }: Shown, { trace }: Traced, { columns, rows }: Size): StyledLine[] {
  const left = Math.floor(columns / 2);
  const still = { rows, top: 0, cursor: undefined, limits: diagnosis.thresholds, none: 'none' };
  const calls = tableLines(
    mapKnown(trace, (known) => known.calls),
    CALL_COLUMNS,
    { ...still, columns: left - 1 },
  );
  const read = knownOr(trace, undefined)?.files.filter(({ reads }) => reads > 0) ?? [];
  return beside(calls, left, tableLines(read, FILE_COLUMNS, { ...still, columns: columns - left }));
}
