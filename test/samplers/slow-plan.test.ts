import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import type { AnyRun, Job, SlowTopic } from '../../src/samplers/registry.ts';
import { SlowPlan } from '../../src/samplers/slow-plan.ts';
import type { StatTarget } from '../../src/samplers/stat-reads.ts';

const MEMORY = { version: 'v1', path: '/sys/fs/cgroup/memory' } as const;
const NONE = missing('absent');

test.each([1, 2, 5, 6, 11])('a node with %i leaves is not read without end', (leaves) => {
  const plan = new SlowPlan({ budgetPct: 2 });
  const paths = ['/', ...Array.from({ length: leaves }, (_, n) => `/leaf-${n}`)];
  const read: string[] = [];
  for (let jobs = 0; jobs < 100; jobs += 1) {
    const job = plan.next(100, { memory: MEMORY, pageBytes: NONE, resting: false });
    if (job === undefined) break;
    if (job.topic === 'statReads') read.push(...job.args.targets.map(({ path }) => path));
    plan.learn(runOf(job, paths));
  }
  // One file of the root and the first few leaves; the rest comes when these have rested.
  expect(read.filter((path) => path === '/')).toHaveLength(1);
  expect(read.filter((path) => path !== '/')).toEqual(paths.slice(1, 6));
});

test('each ancestor that kubelet reads is read once before any rests, and then they rest for all of them', () => {
  const plan = new SlowPlan({ budgetPct: 2 });
  const paths = ['/', '/kubepods', '/kubepods/besteffort', '/kubepods/burstable'];
  const read: string[] = [];
  for (let jobs = 0; jobs < 100; jobs += 1) {
    const job = plan.next(100, { memory: MEMORY, pageBytes: NONE, resting: false });
    if (job === undefined) break;
    if (job.topic === 'statReads') read.push(...job.args.targets.map(({ path, file }) => `${file} of ${path}`));
    plan.learn(runOf(job, paths, 3, () => 1));
  }
  expect(read).toEqual(paths.map((path) => `memory.stat of ${path}`));
  const [rest] = plan.due({ at: 0, monotonicSeconds: 100 }, false).filter(({ topic }) => topic === 'statReads');
  expect(rest?.inSeconds).toBeGreaterThanOrEqual((paths.length * 3) / 0.02);
});

test('where most cgroups have gone, what was slow by them is read again at once, not after its rest of an hour', () => {
  const plan = new SlowPlan({ budgetPct: 2 });
  const paths = ['/', '/kubepods', '/kubepods/besteffort', '/kubepods/burstable'];
  const total = (cgroups: number) =>
    plan.learnCounts({ controllers: [{ name: 'memory', hierarchy: 4, cgroups }], v2Root: NONE });
  const readFiles = () => {
    const read: string[] = [];
    for (let jobs = 0; jobs < 100; jobs += 1) {
      const job = plan.next(100, { memory: MEMORY, pageBytes: NONE, resting: false });
      if (job === undefined) break;
      if (job.topic === 'statReads') read.push(...job.args.targets.map(({ path }) => path));
      plan.learn(runOf(job, paths, 14.7, () => 1));
    }
    return read;
  };
  total(15_455);
  expect(readFiles()).toEqual(paths);
  total(14_248);
  expect(readFiles()).toEqual([]);
  total(197);
  expect(readFiles()).toContain('/');
  total(190);
  expect(readFiles()).toEqual([]);
});

const parentOfAll = (path: string, paths: readonly string[]) => (path === '/' ? paths.length - 1 : 0);

/** A run that took no time; a read of a file costs so much CPU. */
function runOf(
  job: Job<SlowTopic>,
  paths: readonly string[],
  cpuSeconds = 0.001,
  childrenOf: (path: string, paths: readonly string[]) => number = parentOfAll,
): AnyRun<SlowTopic> {
  const instant = { at: 0, monotonicSeconds: 100 };
  const took = { started: instant, ended: instant, cpuSeconds: 0.001 };
  switch (job.topic) {
    case 'walk': {
      const rows = paths.map((path) => ({
        path,
        children: childrenOf(path, paths),
        usageBytes: NONE,
        kmemBytes: NONE,
        dyingBelow: NONE,
        hasProcesses: NONE,
      }));
      return { ...job, ...took, sample: { rows, countBefore: NONE, countAfter: NONE, unlisted: 0, beyond: NOTHING } };
    }
    case 'statReads':
      return { ...job, ...took, sample: { reads: job.args.targets.map((target) => readOf(target, cpuSeconds)) } };
    default:
      throw new Error(`no ${job.topic} here`);
  }
}

const NOTHING = { cgroups: 0, leavesOnly: true };

function readOf(target: StatTarget, cpuSeconds: number) {
  return { ...target, wallSeconds: cpuSeconds, cpuSeconds, systemSeconds: NONE, stat: NONE };
}
