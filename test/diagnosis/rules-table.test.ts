import { expect, test } from 'vitest';
import { RULES, rulesTable } from '../../src/diagnosis/rules/rules.ts';
import * as quantity from '../../src/format/quantity.ts';
import { FIELDS } from '../../src/model/fields.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';

test('the table of the documentation has a row for every rule, with the thresholds that hold', () => {
  const rows = rulesTable(DEFAULT_THRESHOLDS, quantity).trimEnd().split('\n').slice(2);
  expect(rows.map((row) => /^\| `([a-z-]+)` \|/.exec(row)?.[1]).sort()).toEqual(RULES.map(({ id }) => id).sort());
  for (const row of rows) expect(row.split(' | ')).toHaveLength(3);
  const table = rulesTable({ ...DEFAULT_THRESHOLDS, readCriticalSeconds: 2.5 }, quantity);
  expect(table).toContain('critical from 2.50 s on');
});

test('every rule has a name of its own and looks at fields that exist', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const { inputs } of RULES) for (const input of inputs) expect(FIELDS).toHaveProperty([input]);
});
