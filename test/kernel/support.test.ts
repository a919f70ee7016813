import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  countLiveCgroups,
  countMemoryCgroups,
  dyingCgroups,
  freezeProcess,
  makeDentries,
  makeDying,
  makeLiveCgroups,
  makePodTree,
  makeTestRoot,
  memoryHierarchy,
  type Pin,
  removeCgroups,
  restingDyingCgroups,
  settle,
  startFakeKubelet,
  whyNoFreezer,
  whyNoRealKernel,
} from '../support/real-kernel.ts';

const why = whyNoRealKernel();
if (why !== undefined) console.warn(`skipped, the real kernel cannot be used: ${why}`);
const onKernel = test.skipIf(why !== undefined);
const noFreezer = whyNoFreezer();
if (noFreezer !== undefined) console.warn(`skipped, nothing can be frozen: ${noFreezer}`);

/** What moves by itself on a machine that does other things too. */
const BACKGROUND = 20;
const COUNT = 100;

onKernel('live cgroups are folders, are counted, and go away without a trace', async () => {
  const before = countLiveCgroups();
  const root = makeTestRoot();
  const paths = makeLiveCgroups(root, 30);
  const tree = makePodTree(root, 'cgroupfs', 5, 2);
  const slices = makePodTree(root, 'systemd', 5, 2);
  // The root of the test, 30 leaves, and twice: three parents, five pods, ten containers.
  expect(countLiveCgroups(root)).toBe(1 + 30 + 2 * (3 + 5 + 10));
  expect(countMemoryCgroups()).toBeGreaterThanOrEqual(67);
  expect(paths).toHaveLength(30);
  expect(tree.pods[0]?.path).toMatch(/kubepods\/burstable\/pod[0-9a-f-]{36}$/);
  expect(slices.pods[3]?.containers[0]).toMatch(
    /kubepods-pod[0-9a-f_]{36}\.slice\/cri-containerd-[0-9a-f]{64}\.scope$/,
  );
  removeCgroups(root);
  expect(existsSync(root)).toBe(false);
  await settle(countLiveCgroups, { until: (live) => live <= before + BACKGROUND, timeoutSeconds: 10 });
});

onKernel('pages of tmpfs pin cgroups until the files are removed', async () => {
  const { root, release, before } = await hundredPinned('tmpfs');
  expect(heldBytes(root, 'total_shmem')).toBe(COUNT * 4096);
  dropCaches(2);
  expect(dyingCgroups()).toBeGreaterThan(before + COUNT - BACKGROUND);
  release();
  await backTo(before);
});

onKernel('clean pages of files pin cgroups until mode 1', async () => {
  const { root, before } = await hundredPinned('clean');
  expect(heldBytes(root, 'total_cache')).toBeGreaterThanOrEqual(COUNT * 4096);
  expect(heldBytes(root, 'total_dirty')).toBeLessThan(COUNT * 4096);
  dropCaches(1);
  await backTo(before);
});

onKernel('dirty pages of files pin cgroups until they are written and dropped', async () => {
  const { root, before } = await hundredPinned('dirty');
  expect(heldBytes(root, 'total_dirty')).toBeGreaterThanOrEqual(COUNT * 4096);
  execFileSync('sync');
  dropCaches(1);
  await backTo(before);
});

onKernel('negative dentries are seen by the kernel and go with their folder', () => {
  const before = negativeDentries();
  const made = makeDentries(5000);
  expect(negativeDentries()).toBeGreaterThanOrEqual(before + 4500);
  made.release();
  expect(negativeDentries()).toBeLessThan(before + 4500);
});

onKernel('negative dentries pin nothing where the kernel hands them to the parent', async () => {
  const before = await restingDyingCgroups();
  const made = await makeDying({ parent: makeTestRoot(), count: COUNT, pinnedBy: 'dentries' });
  onTestFinished(made.release);
  await backTo(before);
});

onKernel('a fake kubelet has the name, the flags, the threads and an open memory.stat', async () => {
  const file = join(memoryHierarchy(), 'memory.stat');
  const kubelet = await startFakeKubelet({
    reads: [file],
    holdMilliseconds: 2000,
    threads: 40,
    flags: ['--housekeeping-interval=7s', '--v=2'],
  });
  onTestFinished(() => kubelet.stop());
  const proc = `/proc/${kubelet.pid}`;
  expect(readFileSync(`${proc}/comm`, 'utf8')).toBe('kubelet\n');
  const argv = readFileSync(`${proc}/cmdline`, 'utf8').split('\0');
  expect(argv[0]).toBe('/usr/bin/kubelet');
  expect(argv).toContain('--housekeeping-interval=7s');
  expect(readdirSync(`${proc}/task`).length).toBeGreaterThanOrEqual(40);
  const open = () => readdirSync(`${proc}/fd`).map((fd) => linkOrGone(`${proc}/fd/${fd}`));
  await settle(open, { until: (targets) => targets.includes(file), timeoutSeconds: 10 });
  await kubelet.stop();
  expect(existsSync(proc)).toBe(false);
});

test.skipIf(noFreezer !== undefined)('a frozen process outlives SIGKILL until it is thawed', async () => {
  const kubelet = await startFakeKubelet();
  const { thaw } = freezeProcess(kubelet.pid);
  const stopped = kubelet.stop('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(existsSync(`/proc/${kubelet.pid}`)).toBe(true);
  thaw();
  await stopped;
  expect(existsSync(`/proc/${kubelet.pid}`)).toBe(false);
});

async function hundredPinned(pinnedBy: Pin) {
  const root = makeTestRoot();
  const before = await restingDyingCgroups();
  const { release } = await makeDying({ parent: root, count: COUNT, pinnedBy });
  onTestFinished(release);
  expect(countLiveCgroups(root)).toBe(1);
  await settle(dyingCgroups, {
    until: (dying) => Math.abs(dying - before - COUNT) <= BACKGROUND,
    timeoutSeconds: 20,
  });
  return { root, release, before };
}

async function backTo(before: number): Promise<void> {
  await settle(dyingCgroups, { until: (dying) => dying <= before + BACKGROUND, timeoutSeconds: 60 });
}

/** The root of a test has no live child and no process left, so that all it is charged for is held by the dying. */
function heldBytes(root: string, key: string): number {
  const text = readFileSync(join(root, 'memory.stat'), 'utf8');
  return Number(new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1]);
}

function negativeDentries(): number {
  return Number(readFileSync('/proc/sys/fs/dentry-state', 'utf8').trim().split(/\s+/)[4]);
}

function dropCaches(mode: 1 | 2): void {
  writeFileSync('/proc/sys/vm/drop_caches', String(mode));
}

function linkOrGone(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    return String(error);
  }
}
