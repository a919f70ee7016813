import { expect, test } from 'vitest';
import type { CgroupModel, Model } from '../../../src/model/model.ts';
import { all, aNode, dying, findingOf, MISSING, textOf } from '../a-node.ts';

const STILL = { restartsPerMinute: 0, createdPerMinute: 0, restarting: [], creating: [] };

const churning =
  (perMinute: number, owner: Partial<CgroupModel> = {}) =>
  (model: Model): Model => {
    const cgroups = Array.isArray(model.memcg.cgroups) ? model.memcg.cgroups : [];
    const changed = cgroups.map((cgroup: CgroupModel, index) =>
      index === 3 ? { ...cgroup, churnPerMinute: perMinute, ...owner } : { ...cgroup, churnPerMinute: 0 },
    );
    return {
      ...model,
      pods: { ...model.pods, ...STILL },
      memcg: {
        ...model.memcg,
        createdPerMinute: perMinute / 2,
        removedPerMinute: perMinute / 2,
        growthPerSecond: 0,
        cgroups: changed,
      },
    };
  };

test('on both sides, and worse where cgroups stay dying', () => {
  expect(findingOf('churn', aNode(churning(9.9))).severity).toBe('ok');
  expect(findingOf('churn', aNode(churning(10))).severity).toBe('info');
  expect(findingOf('churn', aNode(all(churning(10), dying(999)))).severity).toBe('info');
  expect(findingOf('churn', aNode(all(churning(10), dying(1000)))).severity).toBe('warning');
});

test('names the pod, or the unit', () => {
  expect(textOf(findingOf('churn', aNode(churning(42, { pod: 'prod/cron' }))))).toContain(
    '42 cgroups a minute come and go below',
  );
  expect(textOf(findingOf('churn', aNode(churning(42, { pod: 'prod/cron' }))))).toContain('(prod/cron)');
  const unit = churning(42, { pod: MISSING, unit: 'backup.service' });
  expect(textOf(findingOf('churn', aNode(unit)))).toContain('(backup.service)');
});

test('unknown until there were two walks', () => {
  expect(findingOf('churn', aNode()).reason?.unavailable).toBe('warming-up');
});

test('what no walk sees is told by the growth of the dying; without that growth nothing is OK', () => {
  const growing = (perMinute: number) => (model: Model) => ({
    ...model,
    memcg: { ...model.memcg, growthPerSecond: perMinute / 60 },
  });
  const still = churning(0);
  const found = findingOf('churn', aNode(all(still, growing(58), dying(3500))));
  expect(found.severity).toBe('warning');
  expect(textOf(found)).toContain('at least 58 cgroups a minute come and go between two walks');
  expect(findingOf('churn', aNode(all(still, growing(0)))).severity).toBe('ok');
  const unknown = (model: Model): Model => ({ ...model, memcg: { ...model.memcg, growthPerSecond: MISSING } });
  expect(findingOf('churn', aNode(all(still, unknown))).severity).toBe('unknown');
});

test('what no walk sees is told by the logs of pods: who restarts most, by count', () => {
  const restarting = (model: Model): Model => ({
    ...model,
    pods: { ...model.pods, ...STILL, restartsPerMinute: 9.6, restarting: [{ pod: 'prod/crash-1', restarts: 6 }] },
  });
  const found = findingOf('churn', aNode(all(churning(0), restarting)));
  expect(found.severity).toBe('info');
  expect(textOf(found)).toContain('most restarts: prod/crash-1, 6 in the last five minutes');
  expect(findingOf('churn', aNode(all(churning(0), restarting, dying(1000)))).severity).toBe('warning');
  const cronJob = (model: Model): Model => ({
    ...model,
    pods: { ...model.pods, ...STILL, createdPerMinute: 4, creating: [{ namespace: 'batch', pods: 20 }] },
  });
  expect(textOf(findingOf('churn', aNode(all(churning(0), cronJob))))).toContain('namespace batch, 20');
});

test('OK only where it could have seen', () => {
  const logs = (unavailable: 'partial' | 'absent') => (model: Model) => ({
    ...model,
    pods: { ...model.pods, ...STILL, restartsPerMinute: { unavailable } },
  });
  expect(findingOf('churn', aNode(all(churning(0), logs('partial')))).severity).toBe('unknown');
  expect(findingOf('churn', aNode(all(churning(0), logs('absent')))).severity).toBe('ok');
});
