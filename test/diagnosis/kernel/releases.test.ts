import { expect, test } from 'vitest';
import { KERNEL_ITEMS } from '../../../src/diagnosis/kernel/items.ts';
import { parseKernelRelease } from '../../../src/diagnosis/kernel/release.ts';
import { evaluateKernel } from '../../../src/diagnosis/kernel/verdict.ts';
import { RELEASES } from './releases.ts';

const LETTER = { affected: 'A', fixed: 'F', unknown: 'U' } as const;

test('the table has at least 60 real release strings and each tells its source', () => {
  expect(new Set(RELEASES.map(({ release }) => release)).size).toBeGreaterThanOrEqual(60);
  expect(RELEASES.filter(({ source }) => source === '')).toEqual([]);
});

test.each(RELEASES)('$release is $family, $expected', ({ release, osId, family, expected }) => {
  const verdict = evaluateKernel(parseKernelRelease(release, osId));
  const letters = KERNEL_ITEMS.map((item) => LETTER[verdict.items[item].status]).join('');
  expect({ family: verdict.release.family, letters }).toEqual({ family, letters: expected });
});
