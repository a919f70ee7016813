import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseKmemSlabinfo } from '../../../src/sources/cgroup/kmem-slabinfo.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

const headerOf44 = () => readFileSync(`${captured('incident')}/sys/fs/cgroup/memory/memory.kmem.slabinfo`, 'utf8');

/** Written by hand below the header of 4.4, in the form that mm/slab_common.c prints; numbers invented. */
const ROWS = `dentry             58114  58128    192   21    1 : tunables    0    0    0 : slabdata   2768   2768      0
kmalloc-192           12     21    192   21    1 : tunables    0    0    0 : slabdata      1      1      0
`;

test('rows below the header of 4.4', () => {
  expect(parseKmemSlabinfo(headerOf44() + ROWS)).toEqual({
    value: [
      {
        name: 'dentry',
        activeObjects: 58114,
        objects: 58128,
        objectBytes: 192,
        objectsPerSlab: 21,
        pagesPerSlab: 1,
        slabs: 2768,
      },
      {
        name: 'kmalloc-192',
        activeObjects: 12,
        objects: 21,
        objectBytes: 192,
        objectsPerSlab: 21,
        pagesPerSlab: 1,
        slabs: 1,
      },
    ],
    issues: [],
  });
});

test('no rows on 4.4 and an empty file on 6.18 are caches of nothing, not failures', () => {
  expect(parseKmemSlabinfo(headerOf44())).toEqual({ value: [], issues: [] });
  expect(parseKmemSlabinfo(textOfLinux618('/sys/fs/cgroup/memory/memory.kmem.slabinfo'))).toEqual({
    value: [],
    issues: [],
  });
});

test('a torn row is an issue, the rows before it stay', () => {
  const { value, issues } = parseKmemSlabinfo(headerOf44() + ROWS.slice(0, -8));
  expect(value).toMatchObject([{ name: 'dentry' }]);
  expect(issues).toMatchObject([{ line: 4 }]);
});

test('another file is malformed', () => {
  expect(parseKmemSlabinfo('cache 1\n').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  const real = headerOf44() + ROWS;
  fc.assert(
    fc.property(nonsense(real), (text) => {
      const { value, issues } = parseKmemSlabinfo(text);
      return !isMissing(value) || issues.length > 0;
    }),
  );
});
