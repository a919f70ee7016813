import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { parseLockContent } from '../../src/samplers/neighbour.ts';
import { nonsense } from '../support/nonsense.ts';

const HOLDER = {
  pid: 1342,
  startTicks: 4242,
  sinceEpochMs: 1_764_000_000_000,
  budgetPct: 2,
  reads: [{ path: '/', file: 'memory.stat', wallSeconds: 9, atEpochMs: 1_764_000_000_000 }],
};

test('what the holder wrote', () => {
  expect(parseLockContent(`${JSON.stringify(HOLDER)}\n`)).toEqual(HOLDER);
  expect(parseLockContent('')).toMatchObject({ unavailable: 'malformed' });
});

test('anybody can write anything there: it is the content or malformed', () => {
  fc.assert(
    fc.property(fc.oneof(nonsense(JSON.stringify(HOLDER)), fc.json()), (text) => {
      const content = parseLockContent(text);
      if (isMissing(content)) expect(content.unavailable).toBe('malformed');
      else expect(content).toMatchObject({ pid: expect.any(Number), reads: expect.any(Array) });
    }),
  );
});
