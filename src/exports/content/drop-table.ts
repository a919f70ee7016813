import { isMissing, type Maybe } from '../../core/missing.ts';
import { clockTime } from '../../format/clock-time.ts';
import { fieldText, fieldTitle } from '../../format/fields.ts';
import { REASON_TEXT } from '../../format/reason.ts';
import type { Drop, DropNumbers } from '../../model/drops.ts';
import type { FieldId } from '../../model/fields.ts';
import type { Table } from './table.ts';

/** The numbers of a drop: a line each, with columns for before, after and a minute after. */
export function dropTable(drop: Drop): Table {
  const moments = [drop.before, drop.after, drop.minuteAfter];
  return {
    heads: [
      { title: '', align: 'left' },
      { title: 'before', align: 'right' },
      { title: 'after', align: 'right' },
      { title: 'a minute after', align: 'right' },
    ],
    rows: [
      [
        'at',
        ...moments.map((numbers) => (isMissing(numbers) ? REASON_TEXT[numbers.unavailable] : clockTime(numbers.at))),
      ],
      ...ROWS.map(({ id, value }) => [fieldTitle(id), ...moments.map((numbers) => cell(id, numbers, value))]),
    ],
  };
}

interface DropRow {
  readonly id: FieldId;
  readonly value: (numbers: DropNumbers) => Maybe<number>;
}

const ROWS: readonly DropRow[] = [
  { id: 'drops[].before.dying', value: (numbers) => numbers.dying },
  { id: 'drops[].before.rootReadSeconds', value: (numbers) => numbers.rootReadSeconds },
  { id: 'drops[].before.slabBytes', value: (numbers) => numbers.slabBytes },
  { id: 'drops[].before.dentries', value: (numbers) => numbers.dentries },
  { id: 'drops[].before.kubeletSystemPct', value: (numbers) => numbers.kubeletSystemPct },
];

function cell(id: FieldId, numbers: Maybe<DropNumbers>, value: DropRow['value']): string {
  const known = isMissing(numbers) ? numbers : value(numbers);
  return isMissing(known) ? REASON_TEXT[known.unavailable] : fieldText(id, known);
}
