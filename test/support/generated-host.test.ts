import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { generateHost, type Wanted } from './generated-host.ts';

test('has exactly the live cgroups that were asked for, and the dying ones in /proc/cgroups', () => {
  for (const live of [5, 6, 7, 8, 100]) {
    const host = made({ live, dying: 30 });
    expect(countFolders(join(host.root, host.mount))).toBe(live);
    expect(host.cgroups).toHaveLength(live);
    expect(text(host.root, 'proc/cgroups')).toMatch(new RegExp(`^memory\t\\d+\t${live + 30}\t1$`, 'm'));
  }
});

test("what burstable is charged for beyond its children's sum is what the dying hold", () => {
  const heldByDying = { kmemBytes: 654_800_000, cacheBytes: 409_600 };
  const host = made({ live: 100, dying: 1000, heldByDying });
  const burstable = join(host.root, host.mount, 'kubepods/burstable');
  const kmem = (path: string) => Number(text(path, 'memory.kmem.usage_in_bytes'));
  expect(kmem(burstable) - sumOverChildren(burstable, kmem)).toBe(heldByDying.kmemBytes);
  const cache = (path: string) => Number(/^total_cache (\d+)$/m.exec(text(path, 'memory.stat'))?.[1]);
  expect(cache(burstable) - sumOverChildren(burstable, cache)).toBe(heldByDying.cacheBytes);
  const besteffort = join(host.root, host.mount, 'kubepods/besteffort');
  expect(kmem(besteffort) - sumOverChildren(besteffort, kmem)).toBe(0);
});

test('a kubelet has its threads and descriptors, other processes their own numbers', () => {
  const { root } = made({
    live: 10,
    kubelet: { pid: 1342, threads: 38, opened: ['/sys/fs/cgroup/memory/memory.stat'] },
    processes: 3,
  });
  expect(text(root, 'proc/1342/stat')).toMatch(/^1342 \(kubelet\) S /);
  expect(text(root, 'proc/1342/stat').split(' ')[19]).toBe('38');
  expect(readdirSync(join(root, 'proc/1342/task'))).toHaveLength(38);
  expect(readdirSync(join(root, 'proc/1342/fd'))).toEqual(['3']);
  expect(readdirSync(join(root, 'proc')).filter((name) => /^\d+$/.test(name))).toHaveLength(5);
  expect(text(root, 'proc/20002/comm')).toBe('worker\n');
});

test('on v2 the dying are told per subtree and nothing of v1 is mounted', () => {
  const host = made({ live: 50, dying: 7, cgroup: 'v2', driver: 'systemd' });
  const stat = (path: string) => text(join(host.root, host.mount, path), 'cgroup.stat');
  expect(stat('kubepods.slice/kubepods-burstable.slice')).toMatch(/^nr_dying_descendants 7$/m);
  expect(stat('kubepods.slice/kubepods-besteffort.slice')).toMatch(/^nr_dying_descendants 0$/m);
  expect(stat('')).toMatch(/^nr_descendants 49$/m);
  expect(text(host.root, 'proc/mounts')).not.toMatch(/ cgroup rw/);
});

test('goes away when it is removed', () => {
  const host = generateHost({ live: 10 });
  host.remove();
  expect(existsSync(host.root)).toBe(false);
});

function made(wanted: Wanted) {
  const host = generateHost(wanted);
  onTestFinished(host.remove);
  return host;
}

function text(...path: string[]): string {
  return readFileSync(join(...path), 'utf8');
}

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name));
}

function countFolders(path: string): number {
  return foldersIn(path).reduce((sum, child) => sum + countFolders(child), 1);
}

function sumOverChildren(path: string, figure: (path: string) => number): number {
  return foldersIn(path).reduce((sum, child) => sum + figure(child), 0);
}
