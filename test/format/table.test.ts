import { expect, test } from 'vitest';
import { lineWidth, plain, run } from '../../src/format/styled.ts';
import { type Column, fitColumns, sortRows, tableHead, tableRow } from '../../src/format/table.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';

interface Row {
  readonly name: string;
  readonly size: number;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'name',
    title: 'NAME',
    width: 6,
    grows: true,
    align: 'left',
    cut: 'left',
    rank: 0,
    cell: (row) => run(row.name),
  },
  {
    id: 'size',
    title: 'SIZE',
    width: 5,
    align: 'right',
    rank: 0,
    cell: (row) => run(String(row.size), { ink: 'red' }),
    compare: (a, b) => b.size - a.size,
  },
  { id: 'note', title: 'NOTE', width: 4, align: 'left', rank: 1, cell: () => run('note') },
];

test('columns with the highest rank give way, the one that grows takes what is left', () => {
  const widths = (width: number) => fitColumns(COLUMNS, width).map(({ column, width: own }) => [column.id, own]);
  expect(widths(30)).toEqual([
    ['name', 15],
    ['size', 5],
    ['note', 4],
  ]);
  expect(widths(20)).toEqual([
    ['name', 11],
    ['size', 5],
  ]);
});

test('head and rows stand in the same columns; what is too long keeps the end that tells it apart', () => {
  const fitted = fitColumns(COLUMNS, 20);
  expect(plain(tableHead(fitted, 20)).trimEnd()).toBe(' NAME          SIZE');
  const row = tableRow(fitted, { name: '/kubepods/burstable', size: 12 }, 20, false, DEFAULT_THRESHOLDS);
  expect(plain(row).trimEnd()).toBe(' …/burstable     12');
  expect(row.some(({ style }) => style.ink === 'red')).toBe(true);
});

test('head and the row under the cursor are inverse over the whole width', () => {
  const fitted = fitColumns(COLUMNS, 40);
  for (const line of [tableHead(fitted, 40), tableRow(fitted, { name: 'a', size: 1 }, 40, true, DEFAULT_THRESHOLDS)]) {
    expect(lineWidth(line)).toBeGreaterThanOrEqual(40);
    expect(line.every(({ style }) => style.inverse === true)).toBe(true);
  }
});

test('the head shows by which column the rows are sorted', () => {
  const head = tableHead(fitColumns(COLUMNS, 40), 40, 'size');
  expect(head.filter(({ style }) => style.underline).map(({ text }) => text)).toEqual(['SIZE']);
});

test('rows are sorted by a column, turned round, or left as they are', () => {
  const rows = [1, 3, 2].map((size) => ({ name: String(size), size }));
  const sizes = (sort: string | undefined, inverted: boolean) =>
    sortRows(rows, COLUMNS, sort, inverted).map(({ size }) => size);
  expect(sizes('size', false)).toEqual([3, 2, 1]);
  expect(sizes('size', true)).toEqual([1, 2, 3]);
  expect(sizes(undefined, false)).toEqual([1, 3, 2]);
  expect(sizes('name', true)).toEqual([2, 3, 1]);
});
