import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WrongUsage } from '../../../src/app/base/wrong-usage.ts';

import { timeOf } from '../../../src/app/replay/time-of.ts';
import { missing } from '../../../src/core/missing.ts';

process.env.TZ = 'UTC';

const instant = (text: string) => ({ at: Date.parse(text), monotonicSeconds: 0 });
const night = { first: () => instant('2026-11-22T20:00:00Z'), last: () => instant('2026-11-23T08:30:00Z') };

test.each([
  ['08:15', '2026-11-23T08:15:00Z'],
  [' 08:15:30 ', '2026-11-23T08:15:30Z'],
  // Later than the end: it was the day before.
  ['22:00', '2026-11-22T22:00:00Z'],
  ['-5m', '2026-11-23T08:25:00Z'],
  ['-1.5h', '2026-11-23T07:00:00Z'],
  ['-0s', '2026-11-23T08:30:00Z'],
  ['2026-11-22T21:03', '2026-11-22T21:03:00Z'],
  ['2026-11-22 21:03:04', '2026-11-22T21:03:04Z'],
  ['2026-11-23T05:03:00+08:00', '2026-11-22T21:03:00Z'],
])('%s', (text, expected) => {
  expect(new Date(timeOf(text, night)).toISOString()).toBe(new Date(expected).toISOString());
});

test.each(['', 'noon', '25:00', '12:60', '5m', '-5', '2026-11-23', '2026-13-45T99:00'])('%j is no time', (text) => {
  expect(() => timeOf(text, night)).toThrow(WrongUsage);
});

test('a recording without frames has no time', () => {
  const none = () => missing('absent', 'the recording has no frames');
  expect(() => timeOf('14:03', { first: none, last: none })).toThrow('no frames');
});

test('any text is a moment or wrong usage', () => {
  const pieces = fc.constantFrom(
    '-',
    '5',
    '9'.repeat(400),
    '.',
    ':',
    'm',
    'd',
    '2026-11-23',
    'T14:03',
    ' ',
    '+08:00',
    'Z',
    '\u001b',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 6 }).map((some) => some.join('')),
        fc.string(),
      ),
      (text) => {
        try {
          expect(timeOf(text, night)).not.toBeNaN();
        } catch (error) {
          expect(error).toBeInstanceOf(WrongUsage);
        }
      },
    ),
    { numRuns: 500 },
  );
});
