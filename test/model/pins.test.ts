import { describe, expect, test } from 'vitest';
import { isMissing, type Maybe, missing } from '../../src/core/missing.ts';
import { deriveKinds, derivePins, whyNoKinds, withPins } from '../../src/model/pins.ts';
import type { ChargedKinds, KindsBelow } from '../../src/samplers/page-kinds.ts';

const MIB = 1024 * 1024;

const NONE = { unavailable: 'unsupported' } as const;
const charged = (more: Partial<ChargedKinds> = {}): ChargedKinds => ({
  anonListBytes: 0,
  fileListBytes: 0,
  anonBytes: 0,
  unwrittenBytes: 0,
  cacheBytes: 0,
  kmemBytes: NONE,
  ...more,
});

const kinds = (
  parent: Partial<ChargedKinds>,
  children: Partial<ChargedKinds> = {},
  after: Partial<ChargedKinds> = children,
) => deriveKinds({ parent: charged(parent), childrenBefore: charged(children), childrenAfter: charged(after) });

/** 10,000 pages. */
const PAGES = 40_960_000;

describe('the kinds of page that the dying hold', () => {
  test('clean pages: on the file lists, and written', () => {
    expect(kinds({ fileListBytes: PAGES, cacheBytes: PAGES })).toMatchObject({
      fileBytes: PAGES,
      cleanBytes: PAGES,
      dirtyBytes: 0,
      tmpfsBytes: 0,
      anonBytes: 0,
    });
  });

  test('dirty pages: those that are written now are among them', () => {
    expect(kinds({ fileListBytes: PAGES, cacheBytes: PAGES, unwrittenBytes: 10e6 })).toMatchObject({
      cleanBytes: PAGES - 10e6,
      dirtyBytes: 10e6,
    });
  });

  test('tmpfs: on the anonymous lists without being anonymous', () => {
    const parent = { anonListBytes: PAGES + 5e6, anonBytes: 5e6, cacheBytes: PAGES };
    expect(kinds(parent)).toMatchObject({ tmpfsBytes: PAGES, anonBytes: 5e6, fileBytes: 0 });
  });

  test('what live children are charged for is theirs', () => {
    const children = { fileListBytes: 30e6, cacheBytes: 30e6 };
    expect(kinds({ fileListBytes: 30e6 + PAGES, cacheBytes: 30e6 + PAGES }, children)).toMatchObject({
      cleanBytes: PAGES,
    });
  });

  test('a kernel that counts cache and dirty in batches cannot tell dirty from clean', () => {
    const coarse = kinds({ fileListBytes: PAGES, cacheBytes: 0 });
    expect(coarse.fileBytes).toBe(PAGES);
    expect(isMissing(coarse.dirtyBytes)).toBe(true);
    expect(isMissing(coarse.cleanBytes)).toBe(true);
    // tmpfs of 10,000 cgroups with a page each, as on 4.18: the lists show it, `shmem` and `cache` do not.
    expect(kinds({ anonListBytes: PAGES, cacheBytes: 0 }).tmpfsBytes).toBe(PAGES);
  });

  test('children that move more than there is to find make it untold', () => {
    const moving = kinds({ fileListBytes: 50e6, cacheBytes: 50e6 }, { fileListBytes: 40e6 }, { fileListBytes: 60e6 });
    expect(moving.fileBytes).toMatchObject({ unavailable: 'failed' });
    const little = kinds({ fileListBytes: 50e6, cacheBytes: 50e6 }, { fileListBytes: 1e6 }, { fileListBytes: 1.2e6 });
    expect(little.fileBytes).toBeCloseTo(48.9e6, -3);
  });

  test('less than nothing within the noise is nothing; more means that totals do not cover children', () => {
    expect(kinds({ fileListBytes: 0 }, { fileListBytes: 300_000 }).fileBytes).toBe(0);
    expect(kinds({ fileListBytes: 0 }, { fileListBytes: 500_000 }).fileBytes).toMatchObject({
      unavailable: 'unsupported',
    });
  });

  test('a read that failed gives its reason for every kind', () => {
    const denied = { unavailable: 'denied' } as const;
    const all = deriveKinds({ parent: denied, childrenBefore: charged(), childrenAfter: charged() });
    expect(new Set(Object.values(all))).toEqual(new Set([denied]));
  });
});

describe('beside the page counters', () => {
  const below: KindsBelow = {
    path: '/kubepods',
    wallSeconds: 1,
    cpuSeconds: 1,
    parent: charged({ fileListBytes: PAGES, cacheBytes: PAGES, kmemBytes: 7e6 }),
    childrenBefore: charged({ kmemBytes: 1e6 }),
    childrenAfter: charged({ kmemBytes: 1e6 }),
  };
  const run: Parameters<typeof derivePins>[1] = {
    topic: 'kinds',
    args: { memory: { version: 'v1', path: '/sys/fs/cgroup/memory' }, parents: ['/kubepods'] },
    started: { at: 0, monotonicSeconds: 100 },
    ended: { at: 0, monotonicSeconds: 100 },
    cpuSeconds: 1,
    sample: { below: [below] },
  };
  const held = (pageBytes: Maybe<number>, kmemBytes: Maybe<number> = 2e6) => ({
    kmemBytes,
    pageBytes,
    bytes: 42e6,
    where: [{ path: '/kubepods', pod: NONE, bytes: 42e6, kmemBytes, pageBytes }],
  });
  const first = (...args: Parameters<typeof derivePins>) => {
    const pins = derivePins(...args);
    return isMissing(pins) ? pins : pins[0];
  };

  test('v1 has the kernel memory from its counter, v2 from memory.stat', () => {
    expect(first(held(PAGES), run, 'v1', 101)).toMatchObject({ kmemBytes: 2e6, cleanBytes: PAGES });
    expect(first(held(PAGES, NONE), run, 'v2', 101)).toMatchObject({ kmemBytes: 6e6, cleanBytes: PAGES });
  });

  test('beside an instance that reads in its place it does not say that it has not read yet', () => {
    const none = whyNoKinds({ heldByPid: 7 });
    expect(first(held(PAGES), undefined, 'v1', 101, 0, none)).toMatchObject({
      cleanBytes: { unavailable: 'disabled', detail: 'another instance, pid 7, reads memory.stat for this' },
    });
  });

  test('what was read before a drop says nothing of what is pinned since', () => {
    expect(first(held(PAGES), run, 'v1', 130, 100)).toMatchObject({ cleanBytes: PAGES });
    expect(first(held(PAGES), run, 'v1', 130, 101)).toMatchObject({ cleanBytes: { unavailable: 'stale' } });
    const onV2 = withPins({ heldByDying: held(PAGES, NONE) }, run, 'v2', 130, 101);
    expect(onV2.heldByDying).toMatchObject({ kmemBytes: { unavailable: 'stale' } });
  });

  test('missing until it was read, too old, or within the noise', () => {
    expect(first(held(PAGES), undefined, 'v1', 101)).toMatchObject({ cleanBytes: { unavailable: 'warming-up' } });
    expect(first(held(PAGES), run, 'v1', 1000)).toMatchObject({ cleanBytes: PAGES });
    expect(first(held(PAGES), run, 'v1', 1001)).toMatchObject({ cleanBytes: { unavailable: 'stale' } });
    expect(first(held(399_999), run, 'v1', 101)).toMatchObject({
      cleanBytes: { unavailable: 'unsupported' },
      kmemBytes: 2e6,
    });
    expect(derivePins(NONE, run, 'v1', 101)).toEqual(NONE);
  });
});

test('on v2 what is held is memory until memory.stat tells kernel memory from pages', () => {
  const noKmem = missing('unsupported', 'v2');
  const where = [{ path: '/kubepods', pod: noKmem, bytes: 278 * MIB, kmemBytes: noKmem, pageBytes: noKmem }];
  const held = { bytes: 278 * MIB, kmemBytes: noKmem, pageBytes: noKmem, where };
  const before = withPins({ heldByDying: held }, undefined, 'v2', 1000).heldByDying;
  expect(before).toMatchObject({ bytes: 278 * MIB, pageBytes: { unavailable: 'warming-up' } });
  const charged = (file: number, kernel: number) => ({
    anonListBytes: 0,
    fileListBytes: file,
    anonBytes: 0,
    unwrittenBytes: 0,
    cacheBytes: file,
    kmemBytes: kernel,
  });
  const below = {
    path: '/kubepods',
    wallSeconds: 0.01,
    cpuSeconds: 0.01,
    parent: charged(241 * MIB, 37 * MIB),
    childrenBefore: charged(0, 0),
    childrenAfter: charged(0, 0),
  };
  const instant = { at: 0, monotonicSeconds: 1000 };
  const run = {
    topic: 'kinds',
    args: { memory: { version: 'v2', path: '/sys/fs/cgroup' }, parents: ['/kubepods'] },
    started: instant,
    ended: instant,
    cpuSeconds: 0.01,
    sample: { below: [below] },
  } as const;
  expect(
    withPins({ heldByDying: held }, { ...run, args: { ...run.args, parents: ['/kubepods'] } }, 'v2', 1000).heldByDying,
  ).toMatchObject({
    bytes: 278 * MIB,
    kmemBytes: 37 * MIB,
    pageBytes: 241 * MIB,
  });
});
