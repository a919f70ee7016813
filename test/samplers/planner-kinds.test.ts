import { expect, onTestFinished, test } from 'vitest';
import type { PlannerOptions } from '../../src/samplers/planner.ts';
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
