import { expect, test } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { hostOfFiles } from '../support/host-of-files.ts';
import { observeHost } from '../support/observe.ts';

const row = (name: string, slabs: number) =>
  `${name} ${slabs * 44} ${slabs * 44} 736 44 8 : tunables 0 0 0 : slabdata ${slabs} ${slabs} 0\n`;

/** A driver's caches for two devices, the second of which leaks; 5.14, where no row is repeated. */
function hostOf(slabs: (minutes: number) => number): Host {
  let minutes = 0;
  const at = () =>
    hostOfFiles({
      '/proc/version': 'Linux version 5.14.0-503.11.1.el9_5.x86_64 (builder@host) (gcc) #1 SMP\n',
      '/proc/meminfo': 'MemTotal: 65536000 kB\nSlab: 0 kB\nSReclaimable: 400000 kB\nSUnreclaim: 200000 kB\n',
      '/proc/vmstat': 'nr_slab_reclaimable 100000\n',
      '/proc/slabinfo': `slabinfo - version: 2.1\n${row('mlx5_fs_ftes', 1)}${row('mlx5_fs_ftes', slabs(minutes))}`,
    });
  return {
    ...at(),
    clock: { now: () => 1_700_000_000_000 + minutes * 60_000, monotonic: () => 1000 + minutes * 60 },
    atTick: (tick) => {
      minutes = tick;
    },
    read: (path) => at().read(path),
    timed: (path) => at().timed(path),
  };
}

test('two caches of one name are two rows, each with its own growth', () => {
  const { model } = observeHost(
    hostOf((minutes) => 9 + minutes * 60),
    3,
  );
  expect(model.slab.caches).toMatchObject([
    { name: 'mlx5_fs_ftes (2)', slabs: 129, growthBytesPerSecond: 8 * 4096 },
    { name: 'mlx5_fs_ftes', slabs: 1, growthBytesPerSecond: 0 },
  ]);
});

test("lxcfs's slab of 0 beside its parts is their sum", () => {
  const { model } = observeHost(hostOf(() => 9));
  expect(model.slab.totalBytes).toBe(600_000 * 1024);
});

test('a slabinfo that is never asked for is not warming up: its sizes take a page size that nothing tells', () => {
  const host = hostOf(() => 9);
  const { model } = observeHost({
    ...host,
    read: (path) => (path === '/proc/vmstat' ? { question: 'read', path, errno: 'ENOENT' } : host.read(path)),
  });
  const reason = { unavailable: 'absent', detail: '/proc/vmstat: ENOENT' };
  expect(model.slab.caches).toEqual(reason);
  expect(model.dentry.sizeBytes).toEqual(reason);
});

test('without a memory hierarchy nothing about its cgroups is warming up either', () => {
  const { model } = observeHost(hostOf(() => 9));
  const { live, heldByDying, pins, cgroups, countedAt, createdPerMinute } = model.memcg;
  for (const value of [live, heldByDying, pins, cgroups, countedAt, createdPerMinute]) {
    expect(value).toMatchObject({ unavailable: 'absent' });
  }
});
