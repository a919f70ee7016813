import { expect, onTestFinished, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import type { PlannerOptions } from '../../src/samplers/planner.ts';
import type { AnyRun, Job, SlowTopic } from '../../src/samplers/registry.ts';
import { SlowPlan } from '../../src/samplers/slow-plan.ts';
import { generateHost } from '../support/generated-host.ts';
import { observeFixture } from '../support/observe.ts';

const PAGES = 40_960_000;

function topicsOf(heldBytes: number, ticks = 1, options: Partial<PlannerOptions> = {}, cgroup: 'v1' | 'v2' = 'v1') {
  const { root, remove } = generateHost({
    live: 30,
    dying: 10_000,
    cgroup,
    heldByDying: { kmemBytes: 0, cacheBytes: heldBytes },
  });
  onTestFinished(remove);
  const { ticks: seen } = observeFixture(root, ticks, options);
  return seen.flatMap(({ runs }) => runs);
}

test.each(['v1', 'v2'] as const)(
  '%s: where the dying hold pages, their kind is asked for once, after the root was read',
  (cgroup) => {
    const runs = topicsOf(PAGES, 3, {}, cgroup);
    const kinds = runs.filter(({ topic }) => topic === 'kinds');
    expect(kinds).toHaveLength(1);
    expect(kinds[0]?.args).toMatchObject({ parents: [expect.stringMatching(/burstable/)] });
    const rootRead = runs.findIndex(
      (run) => run.topic === 'statReads' && run.sample.reads.some(({ path }) => path === '/'),
    );
    expect(rootRead).toBeGreaterThanOrEqual(0);
    expect(runs.findIndex(({ topic }) => topic === 'kinds')).toBeGreaterThan(rootRead);
  },
);

test('within the noise of the counters nothing is asked', () => {
  expect(topicsOf(390_000).filter(({ topic }) => topic === 'kinds')).toEqual([]);
  expect(topicsOf(450_000).filter(({ topic }) => topic === 'kinds')).toHaveLength(1);
});

test('while another instance probes, nothing is asked', () => {
  const runs = topicsOf(PAGES, 2, { neighbourLock: '/nonexistent/lock' });
  expect(runs.filter(({ topic }) => topic === 'kinds')).toEqual([]);
});

test('a parent that came to hold pages is asked for before its period is over, once the last ask was rested for', () => {
  const plan = new SlowPlan({ budgetPct: 2 });
  const facts = { memory: MEMORY, pageBytes: ABSENT, resting: false } as const;
  const kindsBefore = (until: number, holding: readonly string[]) => {
    const asked: (readonly string[])[] = [];
    for (; now < until; now += 1) {
      for (let job = plan.next(now, facts); job !== undefined; job = plan.next(now, facts)) {
        if (job.topic === 'kinds') asked.push(job.args.parents);
        plan.learn(ran(job, now, holding));
      }
    }
    return asked;
  };
  let now = 0;
  expect(kindsBefore(20, ['/a'])).toEqual([['/a']]);
  // Two minutes after the first it would be due by its period.
  expect(kindsBefore(119, ['/a', '/b'])).toEqual([['/a', '/b']]);
});

const MEMORY = { version: 'v1', path: '/sys/fs/cgroup/memory' } as const;
const ABSENT = missing('absent');

/** A run below whose parents in `holding` the dying hold pages. */
function ran(job: Job<SlowTopic>, now: number, holding: readonly string[]): AnyRun<SlowTopic> {
  const instant = { at: now * 1000, monotonicSeconds: now };
  const took = { started: instant, ended: instant, cpuSeconds: 0.001 };
  const row = (path: string, children: number, usageBytes: number) => ({
    ...{ path, children, usageBytes, kmemBytes: 0, dyingBelow: ABSENT, hasProcesses: false },
  });
  switch (job.topic) {
    case 'walk': {
      const parents = ['/a', '/b'].flatMap((path) => [
        row(path, 1, holding.includes(path) ? PAGES : 0),
        row(`${path}/live`, 0, 0),
      ]);
      const rows = [row('/', 2, PAGES * holding.length), ...parents];
      const beyond = { cgroups: 0, leavesOnly: true };
      return { ...job, ...took, sample: { rows, countBefore: ABSENT, countAfter: ABSENT, unlisted: 0, beyond } };
    }
    case 'statReads': {
      const cost = { wallSeconds: 0.001, cpuSeconds: 0.001, systemSeconds: ABSENT, stat: ABSENT };
      return { ...job, ...took, sample: { reads: job.args.targets.map((target) => ({ ...target, ...cost })) } };
    }
    case 'kinds':
      return { ...job, ...took, sample: { below: [] } };
    default:
      throw new Error(`no ${job.topic} here`);
  }
}
