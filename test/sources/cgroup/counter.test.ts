import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseCounter } from '../../../src/sources/cgroup/counter.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

test('counters of real kernels', () => {
  const kubepods = `${captured('incident')}/sys/fs/cgroup/memory/kubepods`;
  expect(parseCounter(readFileSync(`${kubepods}/memory.kmem.usage_in_bytes`, 'utf8')).value).toBe(675545088);
  expect(parseCounter(readFileSync(`${kubepods}/memory.usage_in_bytes`, 'utf8')).value).toBe(908107776);
  expect(parseCounter(textOfLinux618('/sys/fs/cgroup/memory/memory.usage_in_bytes')).value).toBe(271167488);
});

test.each([
  ['4 KiB pages', textOfLinux618('/sys/fs/cgroup/memory/memory.limit_in_bytes')],
  ['64 KiB pages', '9223372036854710272\n'],
  ['the largest number of 3.10', '9223372036854775807\n'],
  ['cgroup v2', 'max\n'],
  ['no line end', 'max'],
])('no limit: %s', (_, text) => {
  expect(parseCounter(text)).toEqual({ value: 'max', issues: [] });
});

test('zero, and no line end', () => {
  expect(parseCounter('0\n')).toEqual({ value: 0, issues: [] });
  expect(parseCounter('4096')).toEqual({ value: 4096, issues: [] });
});

test('the largest number that is exact is a number, the next ones are not', () => {
  expect(parseCounter('9007199254740991\n').value).toBe(Number.MAX_SAFE_INTEGER);
  expect(parseCounter('9007199254740993\n').value).toMatchObject({ unavailable: 'malformed' });
});

test.each([
  ['empty', ''],
  ['a line end alone', '\n'],
  ['a counter below zero, as unsigned', '18446744073709547520\n'],
  ['a sign', '-4096\n'],
  ['two lines', '1\n2\n'],
  ['max and more', 'maximum\n'],
  ['a long run of digits', '9'.repeat(100_000)],
  ['zeroes without end', '0'.repeat(100_000)],
])('malformed: %s', (_, text) => {
  const { value, issues } = parseCounter(text);
  expect(value).toMatchObject({ unavailable: 'malformed' });
  expect(issues).toHaveLength(1);
  expect(issues[0]?.message.length).toBeLessThan(120);
});

test('every number of bytes that a machine can have comes back as it is', () => {
  fc.assert(fc.property(fc.maxSafeNat(), (bytes) => parseCounter(`${bytes}\n`).value === bytes));
});

test('never throws; a value is a safe whole number, max, or missing with an issue', () => {
  fc.assert(
    fc.property(nonsense('675545088\n'), (text) => {
      const { value, issues } = parseCounter(text);
      return isMissing(value) ? issues.length === 1 : value === 'max' || (Number.isSafeInteger(value) && value >= 0);
    }),
  );
});
