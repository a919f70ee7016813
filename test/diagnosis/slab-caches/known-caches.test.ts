import { expect, test } from 'vitest';
import { knownOr } from '../../../src/core/missing.ts';
import { KNOWN_CACHES, knownCache } from '../../../src/diagnosis/slab-caches/known-caches.ts';
import type { CacheModel } from '../../../src/model/model.ts';
import { captured } from '../../support/captures.ts';
import { observeFixture } from '../../support/observe.ts';

test('every cache says what it holds, who makes it grow, and which file of the kernel makes it', () => {
  expect(KNOWN_CACHES.length).toBeGreaterThanOrEqual(60);
  for (const { names, holds, grows, source } of KNOWN_CACHES) {
    expect(names.length, source).toBeGreaterThan(0);
    for (const text of [holds, grows]) {
      expect(text).toMatch(/^\S.{4,140}\S$/);
      expect(text).not.toMatch(/[.]$/);
    }
    expect(source).toMatch(/^[a-z0-9][\w/-]+\.c(?: \(\d\.\d+\))?$/);
  }
});

test('no name stands twice', () => {
  const names = KNOWN_CACHES.flatMap((cache) => cache.names);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each([
  ['dentry', 'fs/dcache.c'],
  ['dentry(123:burstable)', 'fs/dcache.c'],
  ['mlx5_fs_ftes (2)', 'drivers/net/ethernet/mellanox/mlx5/core/fs_core.c'],
  ['kmalloc-8192', 'mm/slab_common.c'],
  ['kmalloc-rcl-64', 'mm/slab_common.c'],
  ['nf_conntrack_ffffffff81e', 'net/netfilter/nf_conntrack_core.c'],
])('%s is made by %s', (name, source) => {
  expect(knownCache(name)?.source).toBe(source);
});

test('the longest beginning wins, and a name that only begins alike is not known', () => {
  expect(knownCache('kmalloc-rcl-64')?.drop).toBe('frees');
  expect(knownCache('kmalloc-cg-64')?.holds).toContain('charged to cgroups');
  expect(knownCache('dentryx')).toBeUndefined();
  expect(knownCache('constructor')).toBeUndefined();
});

test('nearly all slab memory of the captured incident is in caches that are known', () => {
  const { slab } = observeFixture(captured('incident')).model;
  const caches = knownOr(slab.caches, []);
  const bytesOf = (some: readonly CacheModel[]) => some.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
  const known = caches.filter(({ name }) => knownCache(name) !== undefined);
  expect(bytesOf(known) / bytesOf(caches)).toBeGreaterThan(0.99);
});
