import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidFdinfo } from '../../../src/sources/proc/pid-fdinfo.ts';
import { nonsense } from '../../support/nonsense.ts';

test('an open memory.stat of 6.18 that was read', () => {
  const text = 'pos:\t1347\nflags:\t0100000\nmnt_id:\t42\nino:\t1\n';
  expect(parsePidFdinfo(text)).toEqual({ value: { positionBytes: 1347 }, issues: [] });
});

test('before the first read has come back', () => {
  expect(parsePidFdinfo('pos:\t0\nflags:\t0100000\nmnt_id:\t25\n').value).toEqual({ positionBytes: 0 });
});

test('nonsense never throws', () => {
  expect(isMissing(parsePidFdinfo('').value)).toBe(true);
  fc.assert(fc.property(nonsense('pos:\t0\nflags:\t0100000\nmnt_id:\t25\n'), (text) => void parsePidFdinfo(text)));
});
