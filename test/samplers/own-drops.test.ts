import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { encodeOwnDrops, parseOwnDrops } from '../../src/samplers/own-drops.ts';

test('notes of drops are read as they were written', () => {
  const drops = [
    { atEpochMs: 1000, mode: 2 as const },
    { atEpochMs: 2000, mode: 3 as const },
  ];
  expect(parseOwnDrops(encodeOwnDrops(drops))).toEqual(drops);
});

test.each(['', '{}', 'not JSON', '{"slabtopDrops":[{"atEpochMs":1e999,"mode":2}]}', '{"slabtopDrops":[{"mode":4}]}'])(
  'what is no note of ours is malformed: %s',
  (text) => {
    const parsed = parseOwnDrops(text);
    expect(isMissing(parsed) && parsed.unavailable).toBe('malformed');
  },
);
