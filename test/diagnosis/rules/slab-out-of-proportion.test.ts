import { expect, test } from 'vitest';
import type { CacheModel, Model } from '../../../src/model/model.ts';
import { all, aNode, dying, findingOf, MISSING, textOf } from '../a-node.ts';

const GIB = 1024 ** 3;

function aCache(name: string, sizeBytes: number): CacheModel {
  const counts = { activeObjects: 1, objects: 1, objectBytes: 64, objectsPerSlab: 64, pagesPerSlab: 1 };
  return { name, sizeBytes, ...counts, activeSlabs: 1, slabs: 1, usePct: 100, growthBytesPerSecond: 0 };
}

/** A node with 10 GiB of memory. */
const node =
  (unreclaimable: number, caches: readonly CacheModel[] | typeof MISSING, more: Partial<Model['node']> = {}) =>
  (model: Model): Model => ({
    ...model,
    node: { ...model.node, memoryTotalBytes: 10 * GIB, ...more },
    slab: { ...model.slab, unreclaimableBytes: unreclaimable, caches, totalBytes: 4 * GIB },
  });

const found = (...changes: readonly ((model: Model) => Model)[]) =>
  findingOf('slab-out-of-proportion', aNode(all(...changes)));

test('a tenth of memory that cannot be reclaimed is a warning, with the largest caches that no drop frees', () => {
  expect(found(node(GIB - 1, [])).severity).toBe('ok');
  const finding = found(node(GIB, [aCache('dentry', GIB), aCache('skbuff_head_cache', GIB / 2)]));
  expect(finding.severity).toBe('warning');
  expect(textOf(finding)).toBe(
    [
      '1.00 GiB of slab cannot be reclaimed, 10.0 % of memory',
      'skbuff_head_cache: 512 MiB, 5.0 % of memory',
      'skbuff_head_cache holds network buffers: packets that are being sent or wait to be read',
      'it grows with sockets that are not read, a driver that keeps packets, or a packet capture',
      'no drop_caches frees it: it goes when what uses it ends',
    ].join('\n'),
  );
});

test('one cache is told before the sum; caches of files are large on healthy nodes', () => {
  expect(textOf(found(node(3 * GIB, [aCache('kmalloc-8192', 2 * GIB)])))).toMatch(
    /^one slab cache, kmalloc-8192, takes 2.00 GiB, 20.0 % of memory\n/,
  );
  for (const name of ['dentry', 'ext4_inode_cache', 'radix_tree_node', 'buffer_head', 'xfs_inode', 'ovl_inode']) {
    expect(found(node(0, [aCache(name, 3 * GIB)])).severity).toBe('ok');
  }
});

test('a cache that is in no table is named all the same, without control characters', () => {
  const text = textOf(found(node(0, [aCache('mydrv\u001b[31m', 3 * GIB)])));
  expect(text).toContain('is an unknown cache');
  expect(text).not.toContain('\u001b');
});

test('per-CPU data is told as what each cgroup costs', () => {
  const finding = found(node(0, [], { percpuBytes: GIB }));
  expect(finding.severity).toBe('warning');
  expect(textOf(finding)).toContain('1.00 GiB are per-CPU data');
});

test('caches of cgroups are helped by what helps against those', () => {
  const large = node(3 * GIB, [aCache('kernfs_node_cache', 3 * GIB)]);
  expect(found(large, dying(3)).remedies).toContain('remove-leftovers');
  expect(found(large, dying(20_000)).remedies).not.toContain('remove-leftovers');
});

test('unknown where memory or slab is, or where only slabinfo could tell', () => {
  expect(found(node(0, MISSING)).reason).toEqual(MISSING);
  const little = (model: Model): Model => ({ ...model, slab: { ...model.slab, totalBytes: GIB / 2 } });
  expect(found(node(0, MISSING), little).severity).toBe('ok');
  expect(found(node(2 * GIB, MISSING)).severity).toBe('warning');
  expect(found(node(0, [], { memoryTotalBytes: MISSING })).reason).toEqual(MISSING);
});
