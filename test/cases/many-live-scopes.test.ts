import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { SlowPlan } from '../../src/samplers/slow-plan.ts';
import type { WalkRow } from '../../src/samplers/walk.ts';
import { hostOfFiles } from '../support/host-of-files.ts';
import { observeHost } from '../support/observe.ts';

const MOUNT = '/sys/fs/cgroup/memory';

/** A node whose systemd scopes are never removed: `live` cgroups with the root and their slice, `dying` besides. */
function nodeOf(live: number, dying: number) {
  const scopes = Array.from({ length: live - 2 }, (_, n) => `${MOUNT}/system.slice/run-r${n}.scope`);
  const counters = [MOUNT, `${MOUNT}/system.slice`, ...scopes].map((folder) => [`${folder}/cgroup.procs`, '']);
  return hostOfFiles({
    ...Object.fromEntries(counters),
    [`${MOUNT}/release_agent`]: '\n',
    '/proc/1/mounts': `cgroup ${MOUNT} cgroup rw,memory 0 0\n`,
    '/proc/cgroups': `#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t4\t${live + dying}\t1\n`,
  });
}

test('104,000 live scopes and 3 dying are not 4,003 dying: a walk ends, and nothing is cut from it', () => {
  const { model, observer } = observeHost(nodeOf(104_000, 3));
  expect(model.memcg).toMatchObject({ total: 104_003, live: 104_000, dying: 3 });
  const { findings, recommendedDrop } = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
  const severityOf = (id: string) => findings.find((finding) => finding.id === id)?.severity;
  expect(severityOf('dying-cgroups')).toBe('ok');
  expect(severityOf('leftover-directories')).toBe('warning');
  expect(recommendedDrop).toHaveProperty('none');
});

test('a walk of 200,000 takes slices of a second, ends, and rests so long that it stays within its budget', () => {
  const BUDGET_PCT = 2;
  const SECONDS_A_CGROUP = 50e-6;
  const plan = new SlowPlan({ budgetPct: BUDGET_PCT });
  const memory = { version: 'v1', path: MOUNT } as const;
  const none = { unavailable: 'absent' } as const;
  let [now, spent, seen] = [0, 0, 0];
  for (let slices = 0; seen < 200_000; slices += 1) {
    expect(slices).toBeLessThan(100);
    // So many seconds until the lane is asked again: it is asked with every tick.
    let job = plan.next(now, { memory, pageBytes: none, resting: true });
    while (job === undefined) job = plan.next(++now, { memory, pageBytes: none, resting: true });
    if (job.topic !== 'walk') throw new Error(`no ${job.topic} is expected`);
    expect(job.args.after).toBe(seen === 0 ? undefined : `/${seen}`);
    // At any moment it has taken no more than its share, but for the slice that is being walked.
    expect(spent).toBeLessThanOrEqual((now * BUDGET_PCT) / 100);
    const walked = Math.min(job.args.most ?? 0, 200_000 - seen);
    seen += walked;
    const cpuSeconds = walked * SECONDS_A_CGROUP;
    expect(cpuSeconds).toBeLessThanOrEqual(1);
    spent += cpuSeconds;
    const started = { at: 0, monotonicSeconds: now };
    now += cpuSeconds;
    const ended = { at: 0, monotonicSeconds: now };
    const rows: WalkRow[] = [];
    const beyond = { cgroups: 200_000 - seen, leavesOnly: true };
    const until = seen < 200_000 ? { until: `/${seen}` } : {};
    const sample = { countBefore: none, countAfter: none, rows, unlisted: 0, beyond, ...until };
    plan.learn({ ...job, started, ended, cpuSeconds, sample });
  }
  expect(plan.next(now, { memory, pageBytes: none, resting: true })).toBeUndefined();
});
