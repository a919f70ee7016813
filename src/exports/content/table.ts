import { isMissing } from '../../core/missing.ts';
import { type FieldValue, fieldAlignment, fieldText, fieldTitle } from '../../format/fields.ts';
import { FIELDS, type FieldId } from '../../model/fields.ts';
import type { ReportColumn } from '../../tables/column.ts';
import { missingWord } from './missing-word.ts';

/** A table as text, before it becomes columns of a terminal or cells of Markdown. */
export interface Table {
  readonly heads: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A cell: a name that the node chose, a value that this tool printed, or the word that stands for a missing one. */
export interface Cell {
  readonly text: string;
  readonly kind: 'name' | 'value' | 'missing';
}

/** Makes the table of some rows. A missing value is a word here; its reason stands with the missing values. */
export function tableOf<Row>(rows: readonly Row[], columns: readonly ReportColumn<Row>[]): Table {
  return {
    heads: columns.map(({ id }) => ({ title: fieldTitle(id), align: fieldAlignment(id) })),
    rows: rows.map((row) => columns.map(({ id, value }) => cellOf(id, value(row)))),
  };
}

/** A value as a cell; a reason is one word there. */
export function cellOf(id: FieldId, value: FieldValue): Cell {
  if (!isMissing(value)) return { text: fieldText(id, value), kind: FIELDS[id].unit === 'text' ? 'name' : 'value' };
  // Most cgroups belong to no pod: that is no lack of data.
  const noPod = id.endsWith('.pod') && value.unavailable === 'absent';
  return { text: noPod ? '-' : missingWord(value), kind: 'missing' };
}
