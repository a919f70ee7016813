import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePressure } from '../../../src/sources/proc/pressure.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

const REAL = textOfLinux618('/proc/pressure/cpu');

test('CPU pressure of a 6.18 kernel', () => {
  expect(parsePressure(REAL)).toEqual({
    value: {
      some: { avg60Pct: 1.41 },
      full: { avg60Pct: 0 },
    },
    issues: [],
  });
});

test('before 5.13 CPU pressure has no full row', () => {
  const { value, issues } = parsePressure('some avg10=1.00 avg60=2.00 avg300=3.00 total=4\n');
  expect(value).toMatchObject({ some: { avg60Pct: 2 }, full: { unavailable: 'absent' } });
  expect(issues).toEqual([]);
});

test('torn and negative rows are issues', () => {
  const { value, issues } = parsePressure(
    'some avg10=-1.00 avg60=2.00 avg300=3.00 total=4\nfull avg10=1.00 avg60=2.00 avg300=3.00 total=4',
  );
  expect(value).toMatchObject({ some: { unavailable: 'malformed' }, full: { unavailable: 'malformed' } });
  expect(issues.map(({ line }) => line)).toEqual([1, 2]);
});

test.each(['', 'none\n'])('%j is malformed', (text) => {
  expect(parsePressure(text)).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(REAL), (text) => {
      const { value, issues } = parsePressure(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
