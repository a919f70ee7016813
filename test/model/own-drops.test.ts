import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import type { RunOf } from '../../src/model/latest.ts';
import { deriveOwnDrops } from '../../src/model/own-drops.ts';

const NOW = { at: 1_000_000_000, monotonicSeconds: 500 };

function noted(...ages: readonly number[]): RunOf<'ownDrops'> {
  const drops = ages.map((seconds) => ({ atEpochMs: NOW.at - seconds * 1000, mode: 2 as const }));
  return { topic: 'ownDrops', args: { file: '/x' }, started: NOW, ended: NOW, cpuSeconds: 0, sample: { drops } };
}

test('notes from before the last boot are of another count', () => {
  const drops = deriveOwnDrops({ before: undefined, now: noted(700, 400) }, NOW, 500);
  expect(drops).toMatchObject([{ at: NOW.at - 400_000, mode: 2 }]);
});

test('where nobody looked it is not known', () => {
  expect(deriveOwnDrops({ before: undefined, now: undefined }, NOW, missing('absent'))).toMatchObject({
    unavailable: 'absent',
  });
});
