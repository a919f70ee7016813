import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { StatTargets } from '../../src/samplers/stat-targets.ts';
import type { WalkRow } from '../../src/samplers/walk.ts';
import { inventedPod, podParents } from '../support/pod-cgroups.ts';

const unread = missing('unsupported', 'not looked at here');

function row(path: string, children: number): WalkRow {
  return { path, children, usageBytes: unread, kmemBytes: unread, dyingBelow: unread, hasProcesses: unread };
}

/** The ancestors of a node with 20 pods, in the order in which they are first read. */
function ancestors(driver: 'cgroupfs' | 'systemd', version: 'v1' | 'v2'): string[] {
  const parents = podParents(driver).map((path) => row(`/${path}`, 10));
  const pods = Array.from({ length: 20 }, (_, n) => row(`/${inventedPod(driver, n, 2).path}`, 2));
  const targets = new StatTargets();
  targets.learn({ version, path: '/sys/fs/cgroup' }, [row('/', 3), row('/system.slice', 30), ...parents, ...pods]);
  const read: string[] = [];
  for (let next = targets.nextAncestor(0, 1); next !== undefined; next = targets.nextAncestor(0, 1)) {
    targets.read(next, 0, false);
    read.push(`${next.path} ${next.file}`);
  }
  return read;
}

test.each(['cgroupfs', 'systemd'] as const)('the ancestors by the names of %s: no pod is one', (driver) => {
  const expected = ['/', '/system.slice', ...podParents(driver).map((path) => `/${path}`)];
  expect(ancestors(driver, 'v2').sort()).toEqual(expected.map((path) => `${path} memory.stat`).sort());
});

test.each(['cgroupfs', 'systemd'] as const)(
  'on v1 memory.numa_stat of the root and the parents of pods: %s',
  (driver) => {
    const expected = ['/', ...podParents(driver).map((path) => `/${path}`)];
    const numa = ancestors(driver, 'v1').filter((target) => target.endsWith('memory.numa_stat'));
    expect(numa.sort()).toEqual(expected.map((path) => `${path} memory.numa_stat`).sort());
  },
);
