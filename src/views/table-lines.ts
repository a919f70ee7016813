import { isMissing, type Maybe } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import { reasonSentence } from '../format/reason.ts';
import { run, type StyledLine } from '../format/styled.ts';
import { type Column, type FittedColumn, fitColumns, tableHead, tableRow } from '../format/table.ts';
import type { Thresholds } from '../model/thresholds.ts';

/** Where a table is drawn, and which of its rows. */
export interface TablePlace {
  readonly columns: number;
  /** The head included. */
  readonly rows: number;
  readonly top: number;
  readonly cursor: number | undefined;
  /** What values are coloured by. */
  readonly limits: Thresholds;
  readonly sort?: string | undefined;
  /** How old the rows are, behind the first title: ` (90 s old)`; empty or absent where they are of now. */
  readonly age?: string;
  /** Said where there is no row. */
  readonly none: string;
}

interface Kept {
  readonly width: number;
  readonly underCursor: boolean;
  readonly limits: Thresholds;
  readonly line: StyledLine;
}

/**
 * Lines by the columns they were made with, then by row. A line must not hold its columns: they hold the model that
 * they were made for, whose rows hold their lines, and so on back to the first model.
 */
const keptLines = new WeakMap<readonly unknown[], WeakMap<object, Kept>>();

/**
 * A head and the rows that are in sight; only those are formatted, and a row only once for the same array of columns:
 * whoever has columns that depend on more than the row hands in a new array when that has changed. A reason stands in
 * the place of rows that are missing.
 */
export function tableLines<Row extends object>(
  rows: Maybe<readonly Row[]>,
  columns: readonly Column<Row>[],
  place: TablePlace,
): StyledLine[] {
  if (place.rows < 1) return [];
  const fitted = fitColumns(columns, place.columns);
  const head = tableHead(withAge(fitted, place.age), place.columns, place.sort);
  const said = isMissing(rows) ? printable(reasonSentence(rows)) : rows.length === 0 ? place.none : undefined;
  if (said !== undefined || isMissing(rows))
    return [head, [run(` ${said ?? ''}`, { ink: 'dim' })]].slice(0, place.rows);
  const kept = keptLines.get(columns) ?? new WeakMap<object, Kept>();
  keptLines.set(columns, kept);
  const inSight = rows.slice(place.top, place.top + place.rows - 1);
  return [
    head,
    ...inSight.map((row, at) => {
      const underCursor = place.top + at === place.cursor;
      const before = kept.get(row);
      const { columns: width, limits } = place;
      if (before?.width === width && before.underCursor === underCursor && before.limits === limits) return before.line;
      const line = tableRow(fitted, row, width, underCursor, limits);
      kept.set(row, { width, underCursor, limits, line });
      return line;
    }),
  ];
}

/** The age stands in the head, in the first column that grows: rows are kept while they stay the same. */
function withAge<Row>(fitted: readonly FittedColumn<Row>[], age = ''): readonly FittedColumn<Row>[] {
  const first = fitted.findIndex(({ column }) => column.grows);
  if (age === '' || first === -1) return fitted;
  return fitted.map((each, at) =>
    at === first ? { ...each, column: { ...each.column, title: `${each.column.title}${age}` } } : each,
  );
}
