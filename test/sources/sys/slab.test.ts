import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseSlabNumber } from '../../../src/sources/sys/slab.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

test.each([
  ['slabs', 7506],
  ['objects', 157619],
  ['total_objects', 157626],
  ['slab_size', 192],
  ['object_size', 192],
  ['objs_per_slab', 21],
  ['order', 0],
])('dentry/%s of a real machine', (file, number) => {
  expect(parseSlabNumber(textOfLinux618(`/sys/kernel/slab/dentry/${file}`))).toEqual({ value: number, issues: [] });
});

test.each(['', '\n', 'N0=7\n', '-1\n', 'x\n'])('%j is malformed', (text) => {
  const { value, issues } = parseSlabNumber(text);
  expect(value).toMatchObject({ unavailable: 'malformed' });
  expect(issues).toHaveLength(1);
});

test('never throws, and a number is never below zero', () => {
  fc.assert(
    fc.property(nonsense('151242 N0=151242\n'), (text) => {
      const { value } = parseSlabNumber(text);
      return isMissing(value) || (Number.isSafeInteger(value) && value >= 0);
    }),
  );
});
