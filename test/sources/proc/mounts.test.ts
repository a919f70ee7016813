import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseMounts } from '../../../src/sources/proc/mounts.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

test('the captured 4.4.155 node', () => {
  const { value, issues } = parseMounts(incident('proc/mounts'));
  expect(issues).toEqual([]);
  expect(value).toHaveLength(16);
  expect(value).toContainEqual({
    device: 'cgroup',
    path: '/sys/fs/cgroup/memory',
    fsType: 'cgroup',
    options: ['rw', 'relatime', 'memory'],
  });
});

test('escapes: blank, tab, newline, backslash, hash; a digit behind an escape belongs to the name', () => {
  const { value } = parseMounts('a\\043b /mnt/a\\040b\\011c\\012d\\134e\\0401 ext4 rw,data=\\054 0 0\n');
  expect(value).toEqual([{ device: 'a#b', path: '/mnt/a b\tc\nd\\e 1', fsType: 'ext4', options: ['rw', 'data=,'] }]);
});

test('lines of another form are issues, the others stay', () => {
  const { value, issues } = parseMounts('proc /proc proc rw 0 0\nnone\nx relative ext4 rw 0 0\nsysfs /sys sysfs rw 0');
  expect(value).toMatchObject([{ path: '/proc' }]);
  expect(issues.map(({ line }) => line)).toEqual([2, 3, 4]);
});

test('nothing of the file is malformed', () => {
  expect(parseMounts('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(incident('proc/mounts')), (text) => {
      const { value, issues } = parseMounts(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
