import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { distinctCaches } from '../../src/model/distinct-caches.ts';
import { parseSlabinfo } from '../../src/sources/proc/slabinfo.ts';

/** Rows of name, slabs and object size, in a slabinfo. */
function cachesOf(...rows: readonly (readonly [name: string, slabs: number, objectBytes?: number])[]) {
  const lines = rows.map(
    ([name, slabs, objectBytes = 736]) =>
      `${name} ${slabs} ${slabs} ${objectBytes} 44 8 : tunables 0 0 0 : slabdata ${slabs} ${slabs} 0\n`,
  );
  const { value } = parseSlabinfo(`slabinfo - version: 2.1\n# name\n${lines.join('')}`, 4096);
  if ('unavailable' in value) throw new Error(value.detail);
  return value.caches;
}

const NAMES_AND_SLABS = ({ name, slabs }: { name: string; slabs: number }) => `${name} ${slabs}`;

test('while per-memcg caches come and go, 4.4 repeats rows: one name and geometry is one cache', () => {
  const caches = cachesOf(['dentry', 100], ['kmalloc-64', 7], ['dentry', 101], ['dentry(9:x)', 3]);
  for (const release of ['4.4.155', '5.4.0-150-generic', '5.8.18', missing('warming-up')]) {
    expect(distinctCaches(caches, release).map(NAMES_AND_SLABS)).toEqual([
      'dentry 101',
      'kmalloc-64 7',
      'dentry(9:x) 3',
    ]);
  }
});

test('another geometry is another cache, before 5.9 as well', () => {
  const caches = cachesOf(['ftes', 9], ['ftes', 4, 64]);
  expect(distinctCaches(caches, '4.18.0-147').map(NAMES_AND_SLABS)).toEqual(['ftes 9', 'ftes (2) 4']);
});

test('from 5.9 on two rows of one name are two caches, of a driver for two devices', () => {
  const caches = cachesOf(['ftes', 1], ['fgs', 1], ['ftes', 9], ['fgs', 1]);
  for (const release of ['5.9.0', '5.14.0-503.11.1.el9_5.x86_64', '6.12.9']) {
    expect(distinctCaches(caches, release).map(NAMES_AND_SLABS)).toEqual([
      'ftes 1',
      'fgs 1',
      'ftes (2) 9',
      'fgs (2) 1',
    ]);
  }
});
