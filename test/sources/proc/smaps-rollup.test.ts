import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseSmapsRollup } from '../../../src/sources/proc/smaps-rollup.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

const SLEEP = textOfLinux618('/proc/12365/smaps_rollup');

test('a process of a 6.18 kernel', () => {
  expect(parseSmapsRollup(SLEEP)).toEqual({ value: { rssBytes: 1888 * 1024, pssBytes: 359 * 1024 }, issues: [] });
});

test('a text torn in the row Pss', () => {
  const { value, issues } = parseSmapsRollup(SLEEP.slice(0, SLEEP.indexOf('359') + 2));
  expect(value).toEqual({ rssBytes: 1888 * 1024, pssBytes: expect.objectContaining({ unavailable: 'malformed' }) });
  expect(issues.map(({ line }) => line)).toEqual([3]);
});

test('nothing of the file is malformed', () => {
  expect(parseSmapsRollup('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(SLEEP), (text) => {
      const { value, issues } = parseSmapsRollup(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
