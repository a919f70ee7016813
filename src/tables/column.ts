import { isMissing, type Maybe } from '../core/missing.ts';
import { alphabetically, largestFirst } from '../format/compare.ts';
import { type FieldValue, fieldAlignment, fieldText, fieldTitle } from '../format/fields.ts';
import type { Cut } from '../format/fit.ts';
import type { Run } from '../format/styled.ts';
import type { Column as ScreenColumn } from '../format/table.ts';
import { valueRun } from '../format/value.ts';
import type { FieldId } from '../model/fields.ts';
import type { Thresholds } from '../model/thresholds.ts';

/**
 * One column of a table, on the screen and in reports: the only place where a table's column is told. Rows are whatever
 * the table is of: a read, a cgroup, a node of a fleet. Unit, title and alignment are those of its field, unless said.
 */
export interface TableColumn<Row> {
  readonly field: FieldId;
  readonly value: (row: Row) => FieldValue;
  /** How it stands on the screen; not there without. */
  readonly screen?: OnScreen<Row>;
  /** Its place in reports, from the left; not there without. */
  readonly report?: number;
}

/** How a column stands on the screen; the order is that of the list. */
interface OnScreen<Row> {
  /** What the rows are sorted by it as (`sort:size`); the last part of the field unless said. */
  readonly id?: string;
  /** The field's title in capitals unless said. */
  readonly title?: string;
  readonly width: number;
  /** Where the table is too narrow, columns with the highest number are left out first; 0 stays. */
  readonly rank: number;
  /** Takes what is left over. */
  readonly grows?: true;
  readonly align?: 'left' | 'right';
  readonly cut?: Cut;
  /** How a cell looks where that is more than its value: another form of the number, a colour. */
  readonly cell?: (row: Row, limits: Thresholds) => Run;
  /** Its order: largest first, words by the alphabet unless said; `false` where rows are not sorted by it. */
  readonly compare?: ((one: Row, other: Row) => number) | false;
}

/** A column as a report has it. */
export interface ReportColumn<Row> {
  readonly id: FieldId;
  readonly value: (row: Row) => FieldValue;
}

/** The columns of a table that stand on the screen. */
export function screenColumns<Row>(columns: readonly TableColumn<Row>[]): readonly ScreenColumn<Row>[] {
  return columns.flatMap((column) => (column.screen === undefined ? [] : [onScreen(column, column.screen)]));
}

/** The columns of a table that stand in reports, in their order there. */
export function reportColumns<Row>(columns: readonly TableColumn<Row>[]): readonly ReportColumn<Row>[] {
  return columns
    .filter(({ report }) => report !== undefined)
    .sort((one, other) => (one.report ?? 0) - (other.report ?? 0))
    .map(({ field, value }) => ({ id: field, value }));
}

function onScreen<Row>({ field, value }: TableColumn<Row>, screen: OnScreen<Row>): ScreenColumn<Row> {
  const { id, title, compare, cell, align, ...rest } = screen;
  const order = compare ?? (compare === false ? undefined : byValue(field, value));
  return {
    ...rest,
    id: id ?? field.slice(field.lastIndexOf('.') + 1),
    title: title ?? fieldTitle(field).toUpperCase(),
    align: align ?? fieldAlignment(field),
    cell: cell ?? ((row) => valueRun(value(row), (known) => fieldText(field, known))),
    ...(order === false || order === undefined ? {} : { compare: order }),
  };
}

function byValue<Row>(field: FieldId, value: (row: Row) => FieldValue): (one: Row, other: Row) => number {
  if (fieldAlignment(field) === 'left') return alphabetically((row) => asText(value(row)));
  return largestFirst((row) => asNumber(value(row)));
}

function asText(value: FieldValue): Maybe<string> {
  return isMissing(value) ? value : String(value);
}

function asNumber(value: FieldValue): Maybe<number> {
  return isMissing(value) ? value : Number(value);
}
