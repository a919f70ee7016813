import { expect, test } from 'vitest';
import { isMissing, type Maybe, missing } from '../../src/core/missing.ts';
import type { Pair } from '../../src/model/latest.ts';
import { OpenFileLooks } from '../../src/model/open-file-looks.ts';
import type { HeldFile } from '../../src/samplers/descriptors.ts';
import type { PidStat } from '../../src/sources/proc/pid-stat.ts';

const STAT = '/sys/fs/cgroup/memory/kubepods/memory.stat';
const NUMA = '/sys/fs/cgroup/memory/memory.numa_stat';

const at = (seconds: number) => ({ at: seconds * 1000, monotonicSeconds: seconds });

function look(seconds: number, ...files: readonly HeldFile[]): Pair<'descriptors'> {
  const now = {
    topic: 'descriptors' as const,
    args: { pids: [7] },
    started: at(seconds),
    ended: at(seconds),
    cpuSeconds: 0,
    sample: { holders: [{ pid: 7, files }] },
  };
  return { before: undefined, now };
}

/** One thread of kubelet, in this state, with so many ticks of system time before and now. */
function threads(state: string, ticksBefore: number, ticksNow: number): Pair<'kubelet'> {
  const run = (systemTicks: number) => ({
    topic: 'kubelet' as const,
    args: { pid: 7 },
    started: at(0),
    ended: at(0),
    cpuSeconds: 0,
    sample: {
      pid: 7,
      stat: missing('absent'),
      slices: missing('absent'),
      io: missing('absent'),
      threads: [{ ...THREAD, state, systemTicks }],
    },
  });
  return { before: run(ticksBefore), now: run(ticksNow) };
}

const THREAD: PidStat = {
  pid: 8,
  comm: 'kubelet',
  state: 'R',
  userTicks: 0,
  systemTicks: 0,
  threads: 1,
  startTicks: 1,
  rssPages: 1,
  processor: 0,
};

const INSIDE = threads('R', 10, 20);

const reading = (looks: OpenFileLooks): Maybe<number> => {
  const held = looks.held(String);
  const first = isMissing(held) ? undefined : held[0];
  return first?.readingPct ?? missing('absent', 'nothing is held');
};

test('position 0 while a thread runs in the kernel is a read; past 0 it is over', () => {
  const looks = new OpenFileLooks();
  looks.take(look(0, { file: STAT, positionBytes: 0 }), INSIDE);
  looks.take(look(2, { file: STAT, positionBytes: 0 }), INSIDE);
  looks.take(look(4, { file: STAT, positionBytes: 812 }), INSIDE);
  looks.take(look(6), INSIDE);
  expect(looks.held(String)).toMatchObject([{ file: STAT, openPct: 75, readingPct: 50, openNow: false }]);
  expect(looks.looks).toBe(4);
});

test('kubelet 1.20 never closes memory.numa_stat: open all the time, read never', () => {
  const looks = new OpenFileLooks();
  for (let second = 0; second < 20; second += 2) looks.take(look(second, { file: NUMA, positionBytes: 1042 }), INSIDE);
  expect(looks.held(String)).toMatchObject([{ file: NUMA, openPct: 100, readingPct: 0 }]);
});

test('a descriptor that nobody works behind is no read', () => {
  const looks = new OpenFileLooks();
  looks.take(look(0, { file: STAT, positionBytes: 0 }), threads('S', 10, 20));
  looks.take(look(2, { file: STAT, positionBytes: 0 }), threads('R', 20, 20));
  expect(reading(looks)).toBe(0);
});

test('an older recording has no positions: then it is unknown, not zero', () => {
  const looks = new OpenFileLooks();
  const unknown = missing('gone', '/proc/7/fdinfo/3: not in this recording');
  looks.take(look(0, { file: STAT, positionBytes: unknown }), INSIDE);
  looks.take(look(2), INSIDE);
  expect(reading(looks)).toEqual(unknown);
});

test('one look without a position does not count', () => {
  const looks = new OpenFileLooks();
  looks.take(look(0, { file: STAT, positionBytes: missing('gone') }), INSIDE);
  looks.take(look(2, { file: STAT, positionBytes: 0 }), INSIDE);
  expect(reading(looks)).toBe(100);
});

test('opened twice it counts once, and as read where one of the two is', () => {
  const looks = new OpenFileLooks();
  looks.take(look(0, { file: STAT, positionBytes: 812 }, { file: STAT, positionBytes: 0 }), INSIDE);
  expect(looks.held(String)).toMatchObject([{ openPct: 100, readingPct: 100 }]);
});

test('one process that refuses hides its own files, and not those of the others', () => {
  const looks = new OpenFileLooks();
  const look = (...files: readonly Maybe<readonly HeldFile[]>[]): Pair<'descriptors'> => ({
    before: undefined,
    now: {
      topic: 'descriptors',
      args: { pids: files.map((_, pid) => pid) },
      started: at(0),
      ended: at(0),
      cpuSeconds: 0,
      sample: { holders: files.map((each, pid) => ({ pid, files: each })) },
    },
  });
  const none: Pair<'kubelet'> = { before: undefined, now: undefined };
  looks.take(look([], missing('denied', '/proc/1/fd: EACCES')), none);
  expect(looks.held(String)).toEqual([]);
  const refused = new OpenFileLooks();
  refused.take(look(missing('denied', '/proc/0/fd: EACCES'), []), none);
  expect(refused.held(String)).toMatchObject({ unavailable: 'denied' });
});

test('what was seen before a drop does not speak of the reads after it', () => {
  const looks = new OpenFileLooks();
  for (let second = 0; second < 20; second += 2) looks.take(look(second, { file: STAT, positionBytes: 0 }), INSIDE);
  looks.startAnew();
  expect(isMissing(looks.looks)).toBe(true);
  looks.take(look(22), INSIDE);
  expect(looks.held(String)).toEqual([]);
  expect(looks.looks).toBe(1);
});
