import { describe, expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { worse } from '../../src/core/severity.ts';
import { cgroupName } from '../../src/format/cgroup-name.ts';
import { dropCommand, dropCosts } from '../../src/format/drop-costs.ts';
import { eventSentence } from '../../src/format/event-sentence.ts';
import { growthPerMinuteRun } from '../../src/format/growth.ts';
import { valueRun, valueText } from '../../src/format/value.ts';
import type { Drop } from '../../src/model/drop.ts';
import type { Event } from '../../src/model/events.ts';

test('what is not known is worse than what is fine, and better than what is bad', () => {
  expect(worse('ok', 'unknown')).toBe('unknown');
  expect(worse('warning', 'unknown')).toBe('warning');
});

describe('events', () => {
  const numbers = {
    at: 0,
    slabBytes: 1.2e9,
    dentries: 5e6,
    dying: 26_653,
    heldKmemBytes: 1e9,
    rootReadSeconds: 4.7,
    kubeletSystemPct: 88,
  };
  const drop: Drop = {
    id: 'one',
    request: { mode: 2, sync: true },
    startedAt: 0,
    startedMonotonicSeconds: 0,
    doneAt: 12_100,
    phase: 'done',
    rehearsal: false,
    writeSeconds: 12.1,
    before: numbers,
    after: { ...numbers, dying: 2, rootReadSeconds: 0.006, slabBytes: 6e7 },
    minuteAfter: missing('warming-up'),
  };
  const say = (happening: Event, drops: readonly Drop[] = [drop]) =>
    eventSentence({ ...happening, at: 0, monotonicSeconds: 0 }, drops);

  test('a drop says what it changed, and what it took', () => {
    expect(say({ kind: 'drop', dropId: 'one' })).toEqual({
      severity: 'ok',
      text: 'sync, drop_caches=2 by slabtop-k8s: 26,653 → 2 dying, root read 4.70 s → 6.0 ms, slab -1.06 GiB; took 12.1 s',
    });
    const later = { ...drop, minuteAfter: { ...drop.before, dying: 188, rootReadSeconds: missing('warming-up') } };
    expect(say({ kind: 'drop', dropId: 'one' }, [later]).text).toContain(
      '26,653 → 188 dying, root read 4.70 s → not yet',
    );
    const still = { ...drop, after: missing('warming-up') };
    expect(say({ kind: 'drop', dropId: 'one' }, [still]).text).toContain('the counts are still moving');
    const failed: Drop = { ...drop, phase: 'failed', error: 'EACCES\x1b[2J' };
    expect(say({ kind: 'drop', dropId: 'one' }, [failed])).toEqual({
      severity: 'critical',
      text: 'sync, drop_caches=2 by slabtop-k8s failed: EACCES?[2J',
    });
  });

  test.each<[Event, string]>([
    [
      { kind: 'drop-by-other', slabDrops: 1, pageCacheDrops: 3 },
      'caches dropped by another process: dentries and inodes once, page cache 3 times',
    ],
    [
      { kind: 'drop-by-instance', slabDrops: 1, pageCacheDrops: 0 },
      'caches dropped by another instance of this tool: dentries and inodes once',
    ],
    [{ kind: 'kubelet-found', pid: 7 }, 'kubelet found: pid 7'],
    [{ kind: 'kubelet-restarted', pid: 8, pidBefore: 7 }, 'kubelet restarted: pid 8, before it was 7'],
    [{ kind: 'kubelet-gone', pid: 8 }, 'kubelet ended: pid 8'],
    [{ kind: 'gap', seconds: 70 }, 'nothing was sampled for 1 min 10 s: the graphs have a gap'],
    [{ kind: 'export', path: '/root/a\nb.md' }, 'written: /root/a?b.md'],
    [{ kind: 'finding', id: 'churn', severity: 'warning', text: 'below /a\x1b[2J' }, 'below /a?[2J'],
    [{ kind: 'finding-over', id: 'churn', text: 'churn of cgroups (54 min)' }, 'over: churn of cgroups (54 min)'],
    [{ kind: 'reads-throttled', inSeconds: 68 }, 'slow reads paused for 1 min 8 s: the budget is used up'],
    [{ kind: 'data-lost', field: 'memcg.total', reason: 'denied' }, 'memory cgroups no longer available: denied'],
    [{ kind: 'data-back', field: 'memcg.total' }, 'memory cgroups available again'],
  ])('%j', (happening, text) => {
    expect(say(happening).text).toBe(text);
  });
});

test('paths are short where ids are long, on both drivers', () => {
  const id = '2a85ba18'.padEnd(64, '0');
  expect(cgroupName(`/kubepods/burstable/pod0157b45a-d239-11e9-8e3d-137be61928e5/${id}`)).toBe(
    '/kubepods/burstable/pod0157b45a/2a85ba18',
  );
  const slice = 'kubepods-burstable-pod0157b45a_d239_11e9_8e3d_137be61928e5.slice';
  expect(cgroupName(`/kubepods.slice/${slice}/cri-containerd-${id}.scope`)).toBe(
    '/kubepods.slice/kubepods-burstable-pod0157b45a.slice/cri-containerd-2a85ba18.scope',
  );
  expect(cgroupName('/system.slice/\x1b[2Jsshd.service')).toBe('/system.slice/?[2Jsshd.service');
});

test('a value stands in its colour, a reason in its place, dim', () => {
  expect(valueRun(3, String, { ink: 'red' })).toEqual({ text: '3', style: { ink: 'red' } });
  expect(valueRun(missing('denied'), String, { ink: 'red' })).toEqual({ text: 'denied', style: { ink: 'dim' } });
  expect(valueText(missing('counter-reset'), String)).toBe('reset');
});

test('growth that matters within hours stands out, what stands still does not', () => {
  expect(growthPerMinuteRun(1024 ** 2 / 60)).toEqual({ text: '+1.00 MiB', style: { ink: 'yellow' } });
  expect(growthPerMinuteRun(-(1024 ** 2) / 60)).toEqual({ text: '-1.00 MiB', style: {} });
  expect(growthPerMinuteRun(10)).toEqual({ text: '0', style: { ink: 'dim' } });
  expect(growthPerMinuteRun(missing('warming-up')).text).toBe('...');
});

test('what a drop costs is told for its mode, with the exact command', () => {
  expect(dropCommand({ mode: 1, sync: true })).toBe('sync; echo 1 > /proc/sys/vm/drop_caches');
  expect(dropCosts({ mode: 2, sync: false }).join(' ')).not.toContain('All clean page cache goes');
  expect(dropCosts({ mode: 3, sync: false }).join(' ')).toContain('All clean page cache goes');
  expect(dropCosts({ mode: 1, sync: true }).join(' ')).toContain('sync writes all dirty pages first');
});
