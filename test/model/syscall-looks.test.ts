import { expect, test } from 'vitest';
import { type Maybe, missing } from '../../src/core/missing.ts';
import type { Pair, RunOf } from '../../src/model/latest.ts';
import { SyscallLooks } from '../../src/model/syscall-looks.ts';
import type { ThreadLook } from '../../src/samplers/syscalls.ts';
import { parsePidStat } from '../../src/sources/proc/pid-stat.ts';

const NONE = { before: undefined, now: undefined };
const AWAKE = missing('absent');

function looked(second: number, looks: Maybe<readonly ThreadLook[]>, pid = 200): Pair<'syscalls'> {
  const instant = { at: second * 1000, monotonicSeconds: second };
  const now: RunOf<'syscalls'> = {
    topic: 'syscalls',
    args: { pid, tids: [] },
    started: instant,
    ended: instant,
    cpuSeconds: 0,
    sample: { pid, looks },
  };
  return { before: undefined, now };
}

function kubelet(second: number, userTicks: number, systemTicks: number): RunOf<'kubelet'> {
  const instant = { at: second * 1000, monotonicSeconds: second };
  const gone = missing('gone');
  const { value } = parsePidStat(`201 (kubelet) R 1${' 0'.repeat(9)} ${userTicks} ${systemTicks}${' 0'.repeat(30)}\n`);
  if ('unavailable' in value) throw new Error(value.detail);
  return {
    topic: 'kubelet',
    args: { pid: 200 },
    started: instant,
    ended: instant,
    cpuSeconds: 0,
    sample: { pid: 200, stat: gone, io: gone, threads: [value], slices: gone },
  };
}

const asleep = (tid: number, number: number, wchan: string): ThreadLook => ({ tid, doing: number, wchan });

test('shares per call and per kernel function, most often first', () => {
  const looks = new SyscallLooks();
  const futex = [asleep(1, 202, 'futex_wait_queue_me'), asleep(2, 202, 'futex_wait_queue_me')];
  looks.take(looked(1, [...futex, asleep(3, 281, 'ep_poll')]), NONE);
  looks.take(looked(2, [...futex, asleep(3, 0, 'mem_cgroup_flush')]), NONE);
  const rows = looks.rows(200);
  expect(rows).toMatchObject([
    {
      kind: 'call',
      name: 'futex',
      looks: 4,
      threads: 2,
      waits: true,
      systemPct: { unavailable: 'unsupported' },
      wchans: [{ name: 'futex_wait_queue_me' }],
    },
    { name: 'epoll_pwait', looks: 1, threads: 1, waits: true },
    { name: 'read', looks: 1, threads: 1, waits: false, wchans: [{ name: 'mem_cgroup_flush' }] },
  ]);
  if ('unavailable' in rows) throw new Error(rows.detail);
  expect(rows[0]?.looksPct).toBeCloseTo((4 / 6) * 100);
  expect(rows[0]?.wchans[0]?.looksPct).toBeCloseTo((4 / 6) * 100);
});

test('the same numbers mean other calls on arm64', () => {
  const looks = new SyscallLooks();
  looks.take(looked(1, [asleep(1, 98, 'futex_wait'), asleep(2, 22, 'ep_poll'), asleep(3, 63, 'x')]), NONE);
  expect(looks.rows(200)).toMatchObject([{ name: 'epoll_pwait' }, { name: 'futex' }, { name: 'read' }]);
});

test('a call without a name here, and numbers that do not tell the architecture', () => {
  const looks = new SyscallLooks();
  looks.take(looked(1, [asleep(1, 202, 'futex_wait'), asleep(2, 451, 'cachestat')]), NONE);
  expect(looks.rows(200)).toMatchObject([{ name: 'call 451', waits: false }, { name: 'futex' }]);
  const other = new SyscallLooks();
  other.take(looked(1, [asleep(1, 0, 'pipe_read')]), NONE);
  expect(other.rows(200)).toMatchObject([{ name: 'call 0' }]);
});

test('on a CPU: the mode is that of the CPU time used since the sample before', () => {
  const looks = new SyscallLooks();
  const running: ThreadLook[] = [{ tid: 201, doing: 'running', wchan: AWAKE }];
  looks.take(looked(1, running), { before: undefined, now: kubelet(1, 100, 1000) });
  expect(looks.rows(200)).toMatchObject([{ kind: 'running', systemPct: { unavailable: 'warming-up' } }]);
  looks.take(looked(2, running), { before: kubelet(1, 100, 1000), now: kubelet(2, 110, 1090) });
  expect(looks.rows(200)).toMatchObject([{ kind: 'running', name: 'running', looks: 2, systemPct: 90, wchans: [] }]);
});

test('looks older than a minute, and those at another process, do not count', () => {
  const looks = new SyscallLooks();
  looks.take(looked(1, [asleep(1, 202, 'futex_wait')]), NONE);
  looks.take(looked(61, [asleep(1, 281, 'ep_poll')]), NONE);
  expect(looks.rows(200)).toMatchObject([{ name: 'epoll_pwait', looksPct: 100 }]);
  looks.take(looked(62, [asleep(9, 202, 'futex_wait')], 300), NONE);
  expect(looks.rows(200)).toMatchObject({ unavailable: 'warming-up' });
  expect(looks.rows(300)).toMatchObject([{ name: 'futex', looks: 1 }]);
});

test('before the first look, and without root', () => {
  const looks = new SyscallLooks();
  expect(looks.rows(200)).toMatchObject({ unavailable: 'warming-up' });
  looks.take(looked(1, missing('denied', '/proc/200/task/200/syscall: EPERM')), NONE);
  expect(looks.rows(200)).toMatchObject({ unavailable: 'denied' });
});
