import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseMeminfo } from '../../../src/sources/proc/meminfo.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const REAL = textOfLinux618('/proc/meminfo');

test('a 6.18 kernel', () => {
  const { value, issues } = parseMeminfo(REAL);
  expect(issues).toEqual([]);
  expect(value).toMatchObject({
    memTotalBytes: 24684096 * 1024,
    memAvailableBytes: 24260900 * 1024,
    dirtyBytes: 408 * 1024,
    slabBytes: 268976 * 1024,
    sReclaimableBytes: 238332 * 1024,
    percpuBytes: 1024 * 1024,
  });
  expect(isMissing(value) ? value : Object.values(value).filter(isMissing)).toEqual([]);
});

test('the sick 4.4.155 node, whose kernel has no KReclaimable and no Percpu', () => {
  const { value, issues } = parseMeminfo(incident('proc/meminfo'));
  expect(value).toMatchObject({
    slabBytes: 892132 * 1024,
    sReclaimableBytes: 679800 * 1024,
    sUnreclaimBytes: 212332 * 1024,
    activeFileBytes: 10740 * 1024,
    percpuBytes: { unavailable: 'absent' },
  });
  expect(issues).toEqual([]);
});

test('another unit, a negative number, a word, a torn row are malformed; rows that nobody needs are not looked at', () => {
  const { value, issues } = parseMeminfo('MemTotal: 5 MB\nShmem: -5 kB\nSlab: lots kB\nOddity: what\nDirty: 7 k');
  expect(value).toMatchObject({
    memTotalBytes: { unavailable: 'malformed' },
    shmemBytes: { unavailable: 'malformed' },
    slabBytes: { unavailable: 'malformed' },
    dirtyBytes: { unavailable: 'malformed' },
    cachedBytes: { unavailable: 'absent' },
  });
  expect(issues.map(({ line }) => line).toSorted()).toEqual([1, 2, 3, 5]);
});

test('messages hold no control characters', () => {
  const { issues } = parseMeminfo('Slab: \u001b[31m 5 kB\n');
  expect(issues).toHaveLength(1);
  expect(issues[0]?.message).not.toMatch(/\p{C}/u);
});

test('nothing of the file is malformed', () => {
  expect(parseMeminfo('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(REAL), (text) => {
      const { value, issues } = parseMeminfo(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
