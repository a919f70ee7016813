import { expect, test } from 'vitest';
import { run } from '../../src/format/styled.ts';
import type { Column } from '../../src/format/table.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { tableLines } from '../../src/views/table-lines.ts';
import { collectGarbage } from '../support/garbage.ts';

interface Row {
  readonly name: string;
}

const place = { columns: 40, rows: 10, top: 0, cursor: undefined, limits: DEFAULT_THRESHOLDS, none: 'none' };

/** Columns that say what is in a model, and so hold it. */
function columnsOf(model: { readonly value: string }): Column<Row>[] {
  return [
    { id: 'name', title: 'NAME', width: 10, align: 'left', rank: 1, cell: (row) => run(row.name) },
    { id: 'value', title: 'VALUE', width: 10, align: 'left', rank: 1, cell: () => run(model.value) },
  ];
}

const textOf = (rows: readonly Row[], columns: Column<Row>[]) =>
  tableLines(rows, columns, place).map((line) => line.map(({ text }) => text).join(''));

test('a row is made anew for other columns, and the same line again for the same', () => {
  const row = { name: 'dentry' };
  const [one, other] = [columnsOf({ value: 'one' }), columnsOf({ value: 'other' })];
  expect(textOf([row], one)[1]).toContain('one');
  expect(textOf([row], other)[1]).toContain('other');
  expect(tableLines([row], one, place)[1]).toBe(tableLines([row], one, place)[1]);
});

test('a row that stays does not keep the models that it was drawn with', async () => {
  const row = { name: 'dentry' };
  const models = Array.from({ length: 3 }, (_, number) => {
    const model = { value: `model ${number}` };
    expect(textOf([row], columnsOf(model))[1]).toContain(model.value);
    return new WeakRef(model);
  });
  await collectGarbage();
  expect(models.map((model) => model.deref())).toEqual([undefined, undefined, undefined]);
  expect(row.name).toBe('dentry');
});
