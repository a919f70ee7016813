import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseCpuCount } from '../../../src/sources/sys/cpu-list.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

test('files of a real machine; an empty line names no CPU', () => {
  expect(parseCpuCount(textOfLinux618('/sys/devices/system/cpu/online')).value).toBe(2);
  expect(parseCpuCount(textOfLinux618('/sys/devices/system/cpu/possible')).value).toBe(2);
  expect(parseCpuCount(textOfLinux618('/sys/devices/system/cpu/offline')).value).toBe(0);
});

test.each([
  ['0\n', 1],
  ['0-63\n', 64],
  ['0-3,8,10-11\n', 7],
  ['0-8191\n', 8192],
])('%j names %i', (text, count) => {
  expect(parseCpuCount(text)).toEqual({ value: count, issues: [] });
});

test.each(['', '0-99999999999\n', '0-999999\n', '3-1\n', '0-3,2-5\n', '0,\n', '-1\n', 'all\n', '0-3 8\n'])(
  '%j is malformed',
  (text) => {
    const { value, issues } = parseCpuCount(text);
    expect(value).toMatchObject({ unavailable: 'malformed' });
    expect(issues).toHaveLength(1);
  },
);

test('never throws, and never names more CPUs than there can be', () => {
  fc.assert(
    fc.property(nonsense('0-3,8,10-11\n'), (text) => {
      const { value } = parseCpuCount(text);
      return isMissing(value) || (value >= 0 && value <= 65_536);
    }),
  );
});
