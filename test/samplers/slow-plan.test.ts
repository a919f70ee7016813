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

/** A run that took no time and a millisecond of CPU. */
function runOf(job: Job<SlowTopic>, paths: readonly string[]): AnyRun<SlowTopic> {
  const instant = { at: 0, monotonicSeconds: 100 };
  const took = { started: instant, ended: instant, cpuSeconds: 0.001 };
  switch (job.topic) {
    case 'walk': {
      const rows = paths.map((path) => ({
        path,
        children: path === '/' ? paths.length - 1 : 0,
        usageBytes: NONE,
        kmemBytes: NONE,
        dyingBelow: NONE,
        hasProcesses: NONE,
      }));
      return { ...job, ...took, sample: { rows, countBefore: NONE, countAfter: NONE, unlisted: 0, beyond: NOTHING } };
    }
    case 'statReads':
      return { ...job, ...took, sample: { reads: job.args.targets.map(readOf) } };
    default:
      throw new Error(`no ${job.topic} here`);
  }
}

const NOTHING = { cgroups: 0, leavesOnly: true };

function readOf(target: StatTarget) {
  return { ...target, wallSeconds: 0.001, cpuSeconds: 0.001, systemSeconds: NONE, stat: NONE };
}
