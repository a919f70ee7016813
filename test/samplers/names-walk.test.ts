import { expect, test } from 'vitest';
import { isMissing, missing } from '../../src/core/missing.ts';
import { Churn } from '../../src/model/churn.ts';
import { deriveWalk } from '../../src/model/derive-memcg.ts';
import { PodNames } from '../../src/model/pod-names.ts';
import type { Job, SlowTopic } from '../../src/samplers/registry.ts';
import { SlowPlan } from '../../src/samplers/slow-plan.ts';
import { walkSampler } from '../../src/samplers/walk.ts';
import { WalkReceiver, WalkSender } from '../../src/samplers/walk-changes.ts';
import { hostOfFiles } from '../support/host-of-files.ts';

const MEMORY = { version: 'v1', path: '/sys/fs/cgroup/memory' } as const;

/** Cgroups and their usage; kernel memory is 0 everywhere. */
function hostOf(usage: Readonly<Record<string, number>>) {
  const files = Object.entries({ '/': 0, ...usage }).flatMap(([path, bytes]) => {
    const folder = `${MEMORY.path}${path === '/' ? '' : path}`;
    return [
      [`${folder}/memory.usage_in_bytes`, `${bytes}\n`],
      [`${folder}/memory.kmem.usage_in_bytes`, '0\n'],
      [`${folder}/cgroup.procs`, path.split('/').length > 3 ? '1\n' : ''],
    ];
  });
  return hostOfFiles(Object.fromEntries(files));
}

const POD = '/kubepods/pod1';
const walk = (usage: Readonly<Record<string, number>>, namesOnly = false) =>
  walkSampler.sample(hostOf(usage), { memory: MEMORY, most: 1000, ...(namesOnly ? { namesOnly } : {}) });

test('a walk of names reads no counter, and those that were read last stay', () => {
  const before = { '/kubepods': 60, [POD]: 50, [`${POD}/a`]: 20, [`${POD}/b`]: 30 };
  const [sender, receiver] = [new WalkSender(), new WalkReceiver()];
  receiver.sample(sender.changes(walk(before)));
  const after = receiver.sample(
    sender.changes(walk({ '/kubepods': 99, [POD]: 99, [`${POD}/b`]: 99, [`${POD}/c`]: 99 }, true)),
  );
  const usage = Object.fromEntries(after.rows.map(({ path, usageBytes }) => [path, usageBytes]));
  expect(usage).toMatchObject({
    '/kubepods': 60,
    [POD]: 50,
    [`${POD}/b`]: 30,
    [`${POD}/c`]: { unavailable: 'warming-up' },
  });
  expect(after).toMatchObject({ created: [`${POD}/c`], removed: [`${POD}/a`], live: { atLeast: 5, isAll: true } });
});

test('what a container used that is gone since is not held by the dying', () => {
  const [sender, receiver] = [new WalkSender(), new WalkReceiver()];
  const MIB = 1024 * 1024;
  const usage = { '/kubepods': 500 * MIB, [POD]: 500 * MIB, [`${POD}/a`]: 400 * MIB, [`${POD}/b`]: 100 * MIB };
  const ended = { at: 0, monotonicSeconds: 0 };
  const derive = (sample: ReturnType<typeof walk>, before?: ReturnType<typeof deriveWalk>) => {
    const walked = { walk: receiver.sample(sender.changes(sample)), ended, counted: ended, countersRead: ended };
    return deriveWalk(walked, new Churn(), new PodNames(), new Map(), before);
  };
  const first = derive(walk(usage));
  expect(first.held).toMatchObject({ bytes: 0 });
  const second = derive(walk({ '/kubepods': 0, [POD]: 0, [`${POD}/b`]: 0 }, true), first);
  expect(second.held).toMatchObject({ bytes: 0 });
  expect(second.cgroups.find(({ path }) => path === POD)?.heldPageBytes).toBe(0);
});

test('counters are read once a minute while few are dying, and with every walk from the warning on', () => {
  const walksOf = (dying: number) => {
    const plan = new SlowPlan({ budgetPct: 2, dyingWarning: 1000 });
    const kinds: string[] = [];
    for (let now = 0; now < 120; now += 1) {
      const job = plan.next(now, { memory: MEMORY, pageBytes: missing('absent'), resting: true });
      if (job?.topic === 'walk') {
        kinds.push(job.args.namesOnly ? 'names' : 'counters');
        plan.learn(runOf(job, now));
      }
      const total = 4 + dying;
      const row = { name: 'memory', hierarchy: 1, cgroups: total, enabled: true };
      plan.learnCounts({ controllers: [row], v2Root: missing('absent') });
    }
    return kinds;
  };
  expect(walksOf(999)).toEqual(['counters', ...Array(5).fill('names'), 'counters', ...Array(5).fill('names')]);
  expect(walksOf(1000)).toEqual(Array(12).fill('counters'));
});

test('while it is not known how many are dying, every walk reads the counters', () => {
  const plan = new SlowPlan({ budgetPct: 2, dyingWarning: 1000 });
  for (const now of [0, 10, 20]) {
    const job = plan.next(now, { memory: MEMORY, pageBytes: missing('absent'), resting: true });
    expect(job).toMatchObject({ topic: 'walk' });
    expect(job?.args).not.toHaveProperty('namesOnly');
    if (job?.topic === 'walk') plan.learn(runOf(job, now));
  }
});

function runOf(job: Extract<Job<SlowTopic>, { topic: 'walk' }>, now: number) {
  const instant = { at: now * 1000, monotonicSeconds: now };
  const sample = walk({ '/kubepods': 0, [POD]: 0, [`${POD}/a`]: 0 }, job.args.namesOnly);
  return { ...job, started: instant, ended: instant, cpuSeconds: 0.001, sample };
}

test('a row that no walk has read says so with a reason', () => {
  const [row] = walk({}, true).rows;
  expect(row && isMissing(row.usageBytes) && row.usageBytes.unavailable).toBe('warming-up');
});
