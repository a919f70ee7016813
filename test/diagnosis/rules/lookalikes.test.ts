import { expect, test } from 'vitest';
import type { KubeletModel, ProcessModel } from '../../../src/model/model.ts';
import type { Answer, PathShare } from '../../../src/profile/answer.ts';
import type { StraceTrace } from '../../../src/trace/trace-counts.ts';
import { all, aNode, aRead, findingOf, MISSING, textOf, withKubelet, withReads } from '../a-node.ts';

const path = (id: PathShare['id'], kind: PathShare['kind'], share: number): PathShare => ({
  id,
  kind,
  share,
  nanoseconds: share * 1e9,
  functions: [],
});

const profile = (cause: number, diskUsage: number, program: Answer['program'] = 'kubelet'): Answer => {
  const paths = [path('housekeeping', 'cause', cause), path('disk-usage', 'lookalike', diskUsage)];
  const seen = paths.filter(({ kind, share }) => kind === 'lookalike' && share > 0);
  return {
    program,
    cpuNanoseconds: 1e9,
    samples: 1000,
    paths,
    lookalikes: seen,
    warnings: ['undercounts-system-time'],
  };
};

const hot = (kubelet: Partial<KubeletModel> = {}, ...reads: readonly ReturnType<typeof aRead>[]) =>
  aNode(all(withKubelet(kubelet), withReads(...reads)));

const by = (answer: Answer) => findingOf('lookalikes', hot(), undefined, { profile: answer });

test('a profile that shows disk-usage walks instead, on both sides', () => {
  expect(by(profile(0.1, 0.3)).severity).toBe('warning');
  expect(by(profile(0.1, 0.29)).severity).toBe('ok');
  expect(by(profile(0.31, 0.3)).severity).toBe('ok');
  expect(textOf(by(profile(0.04, 0.55)))).toContain('the profile has 55.0 % in disk-usage');
  expect(textOf(by(profile(0.8, 0.02)))).toContain('ruled out by the profile: 80.0 % of it reads cgroup files');
  expect(textOf(by(profile(0.02, 0.02)))).toContain('nothing stands out in the profile');
});

test('a profile of another program says nothing of kubelet', () => {
  expect(by(profile(0.1, 0.9, 'other')).severity).toBe('unknown');
});

test('without a profile, read times that explain kubelet rule them out', () => {
  // 10 / (10 + 10) = 50 % of a core: just half of what is observed, then just less.
  expect(findingOf('lookalikes', hot({ systemPct: 100 }, aRead(10))).severity).toBe('ok');
  expect(findingOf('lookalikes', hot({ systemPct: 100.1 }, aRead(10))).severity).toBe('unknown');
});

test('a kubelet that is not hot needs none', () => {
  const cool = findingOf('lookalikes', hot({ cpuPct: 19.9, systemPct: 19.9 }, aRead(10)));
  expect(textOf(cool)).toContain('kubelet is not hot');
  expect(findingOf('lookalikes', hot({ cpuPct: 20, systemPct: 1 })).severity).toBe('unknown');
});

test('a kubelet that is hot over the time of the reads is not called cool for one quiet tick', () => {
  const quiet = findingOf('lookalikes', hot({ cpuPct: 5, systemPct: 48 }, aRead(10)));
  expect(textOf(quiet)).toContain('ruled out by the read times');
});

test('busy kernel workers, other readers and timers of the Go runtime are named', () => {
  const worker: ProcessModel = {
    pid: 7,
    comm: 'kworker/3:1',
    cpuPct: 40,
    userPct: 0,
    systemPct: 40,
    threads: 1,
    rssBytes: 0,
  };
  const reader = {
    pid: 99,
    comm: 'cadvisor',
    file: '/sys/fs/cgroup/memory/memory.stat',
    openPct: 80,
    readingPct: 70,
    openNow: true,
  };
  const model = { ...hot({ heldFiles: [reader] }), processes: [worker, { ...worker, comm: 'nginx' }] };
  const trace: StraceTrace = {
    stamped: true,
    processLinks: 0,
    diskWalks: 0,
    spanSeconds: 10,
    threads: 1,
    threadSeconds: 10,
    waitingShare: 1,
    otherCallsShare: 0,
    calls: [
      { call: 'futex', operation: 'FUTEX_WAIT_PRIVATE', calls: 2, errors: 2, timeouts: 2, seconds: 9, waits: true },
    ],
    files: [],
    signals: [],
    exitedThreads: 0,
  };
  const text = textOf(findingOf('lookalikes', model, undefined, { trace }));
  expect(text).toContain('the kernel worker kworker/3:1 takes 40.0 % of a core');
  expect(text).not.toContain('nginx');
  expect(text).toContain('cadvisor reads /sys/fs/cgroup/memory/memory.stat too');
  const with_ = (readingPct: number | typeof MISSING) =>
    textOf(findingOf('lookalikes', { ...hot({ heldFiles: [{ ...reader, readingPct }] }) }));
  expect(with_(MISSING)).toContain('reading it or not is unknown');
  expect(with_(0)).not.toContain('cadvisor');
  expect(text).toContain('2 timeouts in futex are timers of the Go runtime');
});

test('unknown without kubelet or its CPU time', () => {
  expect(findingOf('lookalikes', aNode()).severity).toBe('unknown');
  expect(findingOf('lookalikes', hot({ cpuPct: MISSING })).reason).toEqual(MISSING);
});
