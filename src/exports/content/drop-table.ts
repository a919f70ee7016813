import { isMissing, type Maybe } from '../../core/missing.ts';
import { clockTime } from '../../format/clock-time.ts';
import { fieldTitle } from '../../format/fields.ts';
import type { Drop, DropNumbers } from '../../model/drop.ts';
import type { FieldId } from '../../model/fields.ts';
import { missingWord } from './missing-word.ts';
import { type Cell, cellOf, type Table } from './table.ts';

/** The numbers of a drop: a line each, with columns for before, after and a minute later. */
export function dropTable(drop: Drop): Table {
  const moments = [drop.before, drop.after, drop.minuteAfter];
  return {
    heads: [
      { title: 'of the node', align: 'left' },
      { title: 'before', align: 'right' },
      { title: 'after', align: 'right' },
      { title: 'a minute later', align: 'right' },
    ],
    rows: [
      [word('at'), ...moments.map(clock)],
      ...ROWS.map(({ id, value }) => [word(fieldTitle(id)), ...moments.map((numbers) => cell(id, numbers, value))]),
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
  { id: 'drops[].before.heldKmemBytes', value: (numbers) => numbers.heldKmemBytes },
  { id: 'drops[].before.dentries', value: (numbers) => numbers.dentries },
  { id: 'drops[].before.kubeletSystemPct', value: (numbers) => numbers.kubeletSystemPct },
];

function word(text: string): Cell {
  return { text, kind: 'value' };
}

function clock(numbers: Maybe<DropNumbers>): Cell {
  return isMissing(numbers) ? { text: missingWord(numbers), kind: 'missing' } : word(clockTime(numbers.at));
}

function cell(id: FieldId, numbers: Maybe<DropNumbers>, value: DropRow['value']): Cell {
  return cellOf(id, isMissing(numbers) ? numbers : value(numbers));
}
