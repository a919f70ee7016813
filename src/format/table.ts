import type { Thresholds } from '../model/thresholds.ts';
import { type Cut, fitText } from './fit.ts';
import { type Run, run, type Style, type StyledLine } from './styled.ts';

/** A column of a table: what stands in it, and how it gives way where there is little room. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Columns of the terminal; the least, where `grows`. */
  readonly width: number;
  /** Takes what is left over. */
  readonly grows?: true;
  readonly align: 'left' | 'right';
  /** What a cell that is too long keeps: its start, or for paths its end. */
  readonly cut?: Cut;
  /** Where the table is too narrow, columns with the highest number are left out first; 0 stays. */
  readonly rank: number;
  /** `limits` are what a value is coloured by. */
  cell(row: Row, limits: Thresholds): Run;
  /** Sorts by this column: what is most interesting comes first. */
  compare?(one: Row, other: Row): number;
}

/** A column and the width it got. */
export interface FittedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

/** Between two columns. */
const GAP = 2;

/** Chooses the columns that fit into a width, and gives what is left to those that grow. */
export function fitColumns<Row>(columns: readonly Column<Row>[], width: number): readonly FittedColumn<Row>[] {
  let shown = columns;
  const needed = () => shown.reduce((sum, column) => sum + column.width + GAP, 0);
  while (needed() > width) {
    const highest = Math.max(...shown.map((column) => column.rank));
    if (highest <= 0) break;
    const last = shown.findLastIndex((column) => column.rank === highest);
    shown = shown.filter((_, index) => index !== last);
  }
  const growing = shown.filter((column) => column.grows).length;
  const left = Math.max(0, width - needed());
  let given = 0;
  return shown.map((column) => {
    if (!column.grows) return { column, width: column.width };
    given += 1;
    const share = Math.floor(left / growing) + (given === growing ? left % growing : 0);
    return { column, width: column.width + share };
  });
}

/** The head of a table, inverse over the whole width; the column it is sorted by is underlined, with a star. */
export function tableHead<Row>(columns: readonly FittedColumn<Row>[], width: number, sort?: string): StyledLine {
  const inverse: Style = { inverse: true };
  const runs: Run[] = [run(' ', inverse)];
  let used = 1;
  for (const { column, width: own } of columns) {
    const title = fitText(column.title, own, column.align);
    const sorted = column.id === sort;
    const text = column.title.length >= own ? title : title.trim();
    const before = column.align === 'right' ? own - text.length : 0;
    if (before > 0) runs.push(run(' '.repeat(before), inverse));
    runs.push(run(text, sorted ? { inverse: true, bold: true, underline: true } : inverse));
    // A mark in the gap: an underline is not seen everywhere.
    const after = own - text.length - before + GAP;
    runs.push(run(sorted ? `*${' '.repeat(after - 1)}` : ' '.repeat(after), inverse));
    used += own + GAP;
  }
  if (used < width) runs.push(run(' '.repeat(width - used), inverse));
  return runs;
}

/** How the row under the cursor looks: not like a head, and with a mark where there is no colour. */
const UNDER_CURSOR: Style = { ink: 'cyan', inverse: true };

/** One row. The row under the cursor is on a colour over the whole width, with a mark before it. */
export function tableRow<Row>(
  columns: readonly FittedColumn<Row>[],
  row: Row,
  width: number,
  underCursor: boolean,
  limits: Thresholds,
): StyledLine {
  const runs: Run[] = [underCursor ? run('>', UNDER_CURSOR) : run(' ')];
  let used = 1;
  for (const { column, width: own } of columns) {
    const { text, style } = column.cell(row, limits);
    const fitted = fitText(text, own, column.align, column.cut) + ' '.repeat(GAP);
    runs.push(run(fitted, underCursor ? UNDER_CURSOR : style));
    used += own + GAP;
  }
  if (underCursor && used < width) runs.push(run(' '.repeat(width - used), UNDER_CURSOR));
  return runs;
}

/** The rows in the order of a column; the rows as they are where no column is named or it has no order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: string | undefined,
  inverted: boolean,
): readonly Row[] {
  const compare = columns.find((column) => column.id === sort)?.compare;
  const sorted = compare === undefined ? rows : [...rows].sort(compare);
  return inverted ? [...sorted].reverse() : sorted;
}
