import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseGoDuration } from '../../../src/sources/kubernetes/go-duration.ts';
import { nonsense } from '../../support/nonsense.ts';

test.each([
  ['10s', 10],
  ['1m30s', 90],
  ['500ms', 0.5],
  ['1.5h', 5400],
  ['1h0m0.25s', 3600.25],
  ['.5s', 0.5],
  ['1.s', 1],
  ['250us', 0.00025],
  ['250\u00b5s', 0.00025],
  ['250\u03bcs', 0.00025],
  ['1000ns', 0.000001],
  ['0', 0],
  ['0s', 0],
])('%s is %d seconds', (text, seconds) => {
  expect(parseGoDuration(text)).toBe(seconds);
});

test.each(['', '10', '-10s', '10 s', 's', '.s', '1d', '10s,', '9999999999h', '9'.repeat(200)])(
  '%j is malformed',
  (text) => {
    expect(parseGoDuration(text)).toMatchObject({ unavailable: 'malformed' });
  },
);

test('never throws, and an interval is never below zero or without end', () => {
  fc.assert(
    fc.property(nonsense('1h2m3.5s'), (text) => {
      const seconds = parseGoDuration(text);
      return isMissing(seconds) || (Number.isFinite(seconds) && seconds >= 0);
    }),
  );
});
