import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseSlabinfo } from '../../../src/sources/proc/slabinfo.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const REAL = textOfLinux618('/proc/slabinfo');
const HEADER = 'slabinfo - version: 2.1\n# name <active_objs> ...\n';
const TUNABLES = ': tunables    0    0    0 : slabdata';

test('a 6.18 kernel', () => {
  const { value, issues } = parseSlabinfo(REAL, 4096);
  if (isMissing(value)) throw new Error(value.unavailable);
  expect(issues).toEqual([]);
  expect(value.caches).toHaveLength(235);
  expect(value.caches).toContainEqual({
    name: 'dentry',
    activeObjects: 188559,
    objects: 188559,
    objectBytes: 192,
    objectsPerSlab: 21,
    pagesPerSlab: 1,
    activeSlabs: 8979,
    slabs: 8979,
    sizeBytes: 8979 * 4096,
  });
});

test('the sick 4.4.155 node: 640 MiB of dentries', () => {
  const { value, issues } = parseSlabinfo(incident('proc/slabinfo'), 4096);
  if (isMissing(value)) throw new Error(value.unavailable);
  expect(issues).toEqual([]);
  expect(value.caches).toHaveLength(68);
  expect(value.caches.find(({ name }) => name === 'dentry')).toMatchObject({
    activeObjects: 3087599,
    objects: 3434802,
    slabs: 81781,
    sizeBytes: 81781 * 2 * 4096,
  });
});

test('the size follows the page size of the node', () => {
  const { value } = parseSlabinfo(`${HEADER}a 1 1 8 512 2 ${TUNABLES} 3 3 0\n`, 65536);
  expect(value).toMatchObject({ caches: [{ sizeBytes: 3 * 2 * 65536 }] });
});

test.each(['dentry(12:kubepods)', 'ip fib alias', 'TCPv6', 'a : b', 'a 1 2', '\u001b[31m'])(
  'a cache named %j',
  (name) => {
    const { value, issues } = parseSlabinfo(`${HEADER}${name}   1 2 8 512 1 ${TUNABLES} 3 4 0\n`, 4096);
    expect(value).toMatchObject({ caches: [{ name, activeObjects: 1, objects: 2, activeSlabs: 3, slabs: 4 }] });
    expect(issues).toEqual([]);
  },
);

test('version 2.0, and SLAB with its statistics behind the columns', () => {
  const statistics = ': globalstat 1 2 3 4 5 6 7 8 9 : cpustat 1 2 3 4';
  const text = `slabinfo - version: 2.0 (statistics)\ndentry 1 2 192 21 1 ${TUNABLES} 3 4 0 ${statistics}\n`;
  expect(parseSlabinfo(text, 4096).value).toMatchObject({ caches: [{ name: 'dentry', slabs: 4 }] });
});

test('no cache at all is an empty list, another version is unsupported', () => {
  expect(parseSlabinfo(HEADER, 4096)).toEqual({ value: { caches: [] }, issues: [] });
  expect(parseSlabinfo('slabinfo - version: 1.1\nx 1 2\n', 4096).value).toMatchObject({ unavailable: 'unsupported' });
});

test('rows that are torn or hold no count are issues, the others stay', () => {
  const rows = [
    `a 1 1 8 512 1 ${TUNABLES} 1 1 0`,
    `b -1 1 8 512 1 ${TUNABLES} 1 1 0`,
    'c 1 1 8',
    `1 1 8 512 1 ${TUNABLES} 1 1 0`,
    `d 1 1 8 512 1 ${TUNABLES} 1`,
    `e 1 1 8 512 1 ${TUNABLES} 1 1 0`,
  ];
  const { value, issues } = parseSlabinfo(HEADER + rows.join('\n'), 4096);
  expect(value).toMatchObject({ caches: [{ name: 'a' }] });
  expect(issues.map(({ line }) => line)).toEqual([4, 5, 6, 7, 8]);
});

test('nothing of the file is malformed', () => {
  expect(parseSlabinfo('', 4096).value).toMatchObject({ unavailable: 'malformed' });
});

test('lines of a megabyte are read in one pass', () => {
  const { issues } = parseSlabinfo(`${HEADER}${' 1'.repeat(500_000)}\n${' '.repeat(1_000_000)}x\n`, 4096);
  expect(issues).toHaveLength(2);
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(REAL.slice(0, 2000)), (text) => {
      const { value, issues } = parseSlabinfo(text, 4096);
      return !isMissing(value) || value.unavailable === 'unsupported' || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
