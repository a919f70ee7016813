import { isMissing, knownOr, type Maybe } from '../../core/missing.ts';
import { fieldText, fieldTitle } from '../../format/fields.ts';
import { bytes, percent, seconds, signed } from '../../format/quantity.ts';
import { FIELDS } from '../../model/fields.ts';
import { type Cell, cellOf, type Table } from '../content/table.ts';
import type { ChangedRow } from './compare-rows.ts';
import type { ChangedValue } from './compare-values.ts';

/** Values side by side, with what they mean where there is room for it. */
export function valuesTable(changed: readonly ChangedValue[], meanings: 'with-meanings' | 'alone'): Table {
  const told = meanings === 'with-meanings';
  return {
    heads: [left('value'), right('A'), right('B'), right('change'), left(''), ...(told ? [left('meaning')] : [])],
    rows: changed.map((value) => [
      word(fieldTitle(value.field)),
      cellOf(value.field, value.before),
      cellOf(value.field, value.after),
      word(changeText(value)),
      word(value.tendency === 'neither' ? '' : value.tendency),
      ...(told ? [word(FIELDS[value.field].means)] : []),
    ]),
  };
}

/** Rows of a list side by side. */
export function rowsTable(title: string, rows: readonly ChangedRow[], print: (amount: number) => string): Table {
  return {
    heads: [left(title), right('A'), right('B'), right('change')],
    rows: rows.map(({ name, before, after }): readonly Cell[] => [
      { text: name, kind: 'name' },
      word(print(before)),
      word(print(after)),
      word(signed(after - before, print)),
    ]),
  };
}

/** How an amount of a list is printed. */
export const PRINT = {
  bytes,
  seconds: (value: number) => (value < 0 ? `-${seconds(-value)}` : seconds(value)),
} as const;

/** The rows of a list, and none where it is missing: that is told elsewhere. */
export function rowsOf(rows: Maybe<readonly ChangedRow[]>, most: number): readonly ChangedRow[] {
  return knownOr(rows, []).slice(0, most);
}

function changeText({ field, change, changePct }: ChangedValue): string {
  if (isMissing(change)) return '';
  const amount = fieldText(field, Math.abs(change)).replace(/^\+/, '');
  const by = `${change < 0 ? '-' : '+'}${amount}`;
  return isMissing(changePct) ? by : `${by} (${signed(changePct, percent)})`;
}

function word(text: string): Cell {
  return { text, kind: 'value' };
}

function left(title: string): Table['heads'][number] {
  return { title, align: 'left' };
}

function right(title: string): Table['heads'][number] {
  return { title, align: 'right' };
}
