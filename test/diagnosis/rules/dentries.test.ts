import { expect, test } from 'vitest';
import type { Model } from '../../../src/model/model.ts';
import { aNode, findingOf, MISSING, textOf } from '../a-node.ts';

const GIB = 1024 ** 3;

const slab = (sizeBytes: Model['dentry']['sizeBytes'], totalBytes: number, memoryTotalBytes = 64 * GIB) =>
  findingOf(
    'dentries-dominate-slab',
    aNode((model) => ({
      ...model,
      node: { ...model.node, memoryTotalBytes },
      slab: { ...model.slab, totalBytes },
      dentry: { ...model.dentry, objects: 1000, unused: 940, sizeBytes },
    })),
  );

test('dentries dominate a large slab, on both sides', () => {
  expect(slab(GIB / 2, GIB).severity).toBe('warning');
  expect(slab(GIB / 2 - 1, GIB).severity).toBe('ok');
  expect(slab(GIB / 2, GIB - 1).severity).toBe('ok');
  expect(textOf(slab(11 * GIB, 14 * GIB))).toContain('11.0 GiB of 14.0 GiB slab are dentries (78.6 %)');
  expect(textOf(slab(11 * GIB, 14 * GIB))).toContain('940 of them (94.0 %) are unused');
});

test('on a small node a tenth of its memory is a large slab', () => {
  expect(slab(GIB / 4, (4 * GIB) / 10, 4 * GIB).severity).toBe('warning');
  expect(slab(GIB / 4, (4 * GIB) / 10 - 1000, 4 * GIB).severity).toBe('ok');
});

test('unknown without slabinfo, which takes root', () => {
  expect(slab(MISSING, 2 * GIB).reason).toEqual(MISSING);
});

const negative = (count: Model['dentry']['negative'], objects: Model['dentry']['objects']) =>
  findingOf(
    'negative-dentries',
    aNode((model) => ({ ...model, dentry: { ...model.dentry, negative: count, objects } })),
  );

test('negative dentries, on both sides', () => {
  expect(negative(1_000_000, 2_000_000).severity).toBe('info');
  expect(negative(999_999, 1_000_000).severity).toBe('ok');
  expect(negative(1_000_000, 2_000_001).severity).toBe('ok');
});

test('unknown where the kernel does not count them', () => {
  expect(findingOf('negative-dentries', aNode()).reason?.unavailable).toBe('unsupported');
  expect(negative(5, MISSING).reason).toEqual(MISSING);
});
