import { expect, test } from 'vitest';
import { rowsOf } from '../../../src/sources/proc/rows.ts';

test('of two rows of one name the first counts', () => {
  expect(rowsOf('a 1\na 2\n', ' ').count('a')).toBe(1);
});

test('rows that nobody asks for are no issues', () => {
  const rows = rowsOf('good 1\nbad x\n', ' ');
  expect(rows.count('good')).toBe(1);
  expect(rows.issues).toEqual([]);
  rows.count('bad');
  expect(rows.issues).toEqual([{ line: 2, message: 'expected a number for bad, got "x"' }]);
});

test('2^64 is kept as the nearest double, a longer number is malformed', () => {
  const rows = rowsOf(`wrapped 18446744073709551612\nlonger ${'9'.repeat(400)}\n`, ' ');
  expect(rows.count('wrapped')).toBe(2 ** 64);
  expect(rows.count('longer')).toMatchObject({ unavailable: 'malformed' });
});
