import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import type { DropNote } from '../../src/core/note.ts';
import { DropLog } from '../../src/model/drop-log.ts';
import { History } from '../../src/model/history.ts';
import { lastDrop, markReads } from '../../src/model/last-drop.ts';
import { LatestRuns, type RunOf } from '../../src/model/latest.ts';
import type { Model } from '../../src/model/model.ts';
import type { PidStat } from '../../src/sources/proc/pid-stat.ts';
import { all, aNode, aRead, dying, withKubelet, withReads } from '../diagnosis/a-node.ts';

const START = 10_000;

const instant = (seconds: number) => ({ at: (START + seconds) * 1000, monotonicSeconds: START + seconds });

/** What one second of a drop is like. */
interface Second {
  readonly dying: number;
  /** Seconds after the write at which the latest read of the root began; it takes 10 ms. */
  readonly rootReadAt?: number;
  /** kubelet's system time so far, in ticks. */
  readonly ticks?: number;
  /** When the samples were made, where not in that second. */
  readonly sampledAt?: number;
}

/** A log that was told of a drop whose write ended at second 0, and a way to let seconds pass. */
function dropped(before: Model = at(0, { dying: 6400 }), history = new History()) {
  const log = new DropLog(() => 1000);
  const runs = new LatestRuns();
  const note: DropNote = {
    kind: 'drop',
    id: 'one',
    at: instant(0).at,
    request: { mode: 2, sync: false },
    phase: 'done',
    rehearsal: false,
    writeSeconds: 3,
  };
  log.note({ ...note, phase: 'dropping' }, instant(-3).monotonicSeconds, before, history);
  log.note(note, instant(0).monotonicSeconds, before, history);
  const pass = (from: number, to: number, of: (second: number) => Second) => {
    for (let second = from; second <= to; second += 1) {
      const is = of(second);
      for (const run of runsOf(is.sampledAt ?? second, is.ticks ?? 0)) runs.take(run);
      log.observe(at(second, is), runs);
    }
    const [drop] = log.drops;
    if (drop === undefined) throw new Error('no drop');
    return drop;
  };
  return { log, pass };
}

function at(second: number, is: Second): Model {
  const readAt = instant(is.rootReadAt ?? -100);
  const read = aRead(0.01, { at: readAt.at + 10 });
  const model = aNode(all(dying(is.dying), withKubelet(), withReads(read)));
  return { ...model, instant: instant(second), memcg: { ...model.memcg, countedAt: instant(second).at } };
}

function runsOf(second: number, systemTicks: number) {
  const when = { started: instant(second), ended: instant(second), cpuSeconds: 0 };
  const none = missing('absent');
  const memory: RunOf<'memory'> = {
    topic: 'memory',
    args: {},
    ...when,
    sample: { meminfo: none, vmstat: none, cpuPressure: none, memoryPressure: none, ioPressure: none },
  };
  const kubelet: RunOf<'kubelet'> = {
    topic: 'kubelet',
    args: { pid: STAT.pid },
    ...when,
    sample: { pid: STAT.pid, stat: { ...STAT, systemTicks }, slices: none, io: none, threads: none },
  };
  const counts: RunOf<'cgroupCounts'> = {
    topic: 'cgroupCounts',
    args: {},
    ...when,
    sample: { controllers: none, v2Root: none },
  };
  const vfs: RunOf<'vfs'> = { topic: 'vfs', args: {}, ...when, sample: { dentryState: none, inodeState: none } };
  return [memory, kubelet, counts, vfs];
}

const STAT: PidStat = {
  pid: 1342,
  comm: 'kubelet',
  state: 'S',
  userTicks: 0,
  systemTicks: 0,
  threads: 1,
  startTicks: 100,
  rssPages: 1,
  processor: 0,
};

const NOT_YET = { unavailable: 'warming-up' };

test('a plateau of 12 s after the write is not the outcome', () => {
  const { pass } = dropped();
  expect(pass(1, 12, () => ({ dying: 6245 })).after).toMatchObject(NOT_YET);
  expect(pass(13, 40, (second) => ({ dying: 6245 - second * 2 })).after).toMatchObject(NOT_YET);
  // From 6,198 to 188 within 2 s: the outcome is told once it stands, 6 s later.
  expect(pass(41, 46, () => ({ dying: 188 })).after).toMatchObject(NOT_YET);
  expect(pass(47, 49, () => ({ dying: 188 })).after).toMatchObject({ dying: 188, at: instant(47).at });
});

test('a slow fall is no outcome: of 14,338 fell 90 in a minute, and three minutes after the write all went', () => {
  const { pass } = dropped(at(0, { dying: 15_258 }));
  expect(pass(1, 180, (second) => ({ dying: Math.round(14_338 - second * 1.5) })).after).toMatchObject(NOT_YET);
  expect(pass(181, 200, () => ({ dying: 0 })).after).toMatchObject({ dying: 0 });
});

test('cgroups that go on dying on a busy node do not keep the count from standing still', () => {
  const growing = (second: number) => ({ dying: 6400 + Math.round(second * 0.9) });
  expect(dropped().pass(1, 62, growing).after).toMatchObject({ at: instant(61).at });
});

test('one sample that is looked at again and again is no agreement', () => {
  const { pass } = dropped();
  expect(pass(1, 30, () => ({ dying: 100, sampledAt: 1 })).after).toMatchObject(NOT_YET);
});

test('many that do not move for a minute stay; what never stands still is taken after five', () => {
  expect(dropped().pass(1, 60, () => ({ dying: 6400 })).after).toMatchObject(NOT_YET);
  expect(dropped().pass(1, 62, () => ({ dying: 6400 })).after).toMatchObject({ dying: 6400, at: instant(61).at });
  const falling = (second: number) => ({ dying: 9000 - second * 20 });
  expect(dropped().pass(1, 299, falling).after).toMatchObject(NOT_YET);
  expect(dropped().pass(1, 301, falling).after).toMatchObject({ at: instant(300).at });
});

test('every number is measured after its moment, or is not there yet', () => {
  const { pass } = dropped();
  // kubelet spends 15 % of a core; before, 155 %.
  const of = (second: number): Second => ({ dying: 5, ticks: second * 15, rootReadAt: 6 });
  const early = pass(1, 8, of);
  expect(early.after).toMatchObject({ dying: 5, rootReadSeconds: NOT_YET, kubeletSystemPct: NOT_YET });
  const late = pass(9, 30, (second) => ({ ...of(second), rootReadAt: 20 }));
  expect(late.after).toMatchObject({ rootReadSeconds: 0.01, kubeletSystemPct: 15 });
  expect(late.minuteAfter).toMatchObject(NOT_YET);
  const minute = pass(31, 100, (second) => ({ ...of(second), rootReadAt: 20 }));
  expect(minute.minuteAfter).toMatchObject({ dying: 5, rootReadSeconds: NOT_YET, kubeletSystemPct: 15 });
});

test('reads that began before the end of the write, and then before the outcome, say nothing of now', () => {
  const { log, pass } = dropped();
  const event = { kind: 'drop', dropId: 'one', ...instant(-3) } as const;
  const moment = () => lastDrop({ events: [event], drops: log.drops });
  pass(1, 2, () => ({ dying: 6400 }));
  expect(moment()).toEqual({ writtenAt: instant(0).at, at: instant(0).at });
  pass(3, 20, () => ({ dying: 5 }));
  expect(moment()).toEqual({ writtenAt: instant(0).at, at: instant(9).at });
  const during = aRead(4, { at: instant(11).at });
  const since = aRead(1, { path: '/kubepods', at: instant(12).at });
  expect(markReads([during, since], moment())).toMatchObject([
    { path: '/kubepods', beforeDrop: false },
    { path: '/', beforeDrop: true },
  ]);
  expect(markReads([since], moment())).toEqual([since]);
});

test('a quick read from after the write has counted, and counts on once the counts stand still', () => {
  const { log, pass } = dropped();
  const event = { kind: 'drop', dropId: 'one', ...instant(-3) } as const;
  const isBefore = () => markReads([quick], lastDrop({ events: [event], drops: log.drops }))[0]?.beforeDrop;
  const quick = aRead(0.004, { at: instant(3).at });
  pass(1, 4, () => ({ dying: 5 }));
  expect(isBefore()).toBe(false);
  pass(5, 20, () => ({ dying: 5 }));
  expect(isBefore()).toBe(false);
});

test('a drop that failed is followed no further', () => {
  const log = new DropLog(() => 1000);
  const failed = { kind: 'drop', id: 'two', at: 0, request: { mode: 1, sync: false }, phase: 'failed' } as const;
  log.note(
    { ...failed, rehearsal: false, writeSeconds: missing('failed'), error: 'EIO' },
    START,
    undefined,
    new History(),
  );
  log.observe(at(400, { dying: 5 }), new LatestRuns());
  expect(log.drops[0]).toMatchObject({ error: 'EIO', after: NOT_YET });
});

test("before the drop kubelet's CPU is the mean of the minute before, not the last tick", () => {
  const history = new History();
  for (let second = -120; second <= 0; second += 1) {
    const busy = second >= -60 && second < 0 && second % 2 === 0;
    history.of('kubelet.systemPct').push(instant(second).monotonicSeconds, busy ? 100 : 2);
  }
  const { before } = dropped(undefined, history).pass(1, 1, () => ({ dying: 0 }));
  expect(before.kubeletSystemPct).toBeCloseTo(49.4, 0);
});
