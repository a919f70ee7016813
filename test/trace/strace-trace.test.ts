import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { parseStraceTrace } from '../../src/trace/strace-trace.ts';
import type { StraceTrace, TracedCall } from '../../src/trace/trace-counts.ts';

const CAPTURED = gunzipSync(
  readFileSync(fileURLToPath(new URL('../fixtures/kubelet-1.20.2/strace-tt.txt.gz', import.meta.url))),
).toString();

test('in the captured trace ETIMEDOUT comes from futex waits only, and most time is waiting', () => {
  const trace = traceOf(CAPTURED);
  expect(trace).toMatchObject({ threads: 14, exitedThreads: 0, signals: [{ signal: 'SIGURG', count: 12 }] });
  expect(trace.calls.filter((call) => call.timeouts > 0)).toMatchObject([
    { call: 'futex', operation: 'FUTEX_WAIT_PRIVATE', calls: 55, errors: 17, timeouts: 17, waits: true },
  ]);
  expect(trace.waitingShare).toBeCloseTo(0.82, 2);
  // Every ` = ` in the file that ends a call, and the calls that the end of the file cut.
  const ended = CAPTURED.split('\n').filter((line) => /\) *= /.test(line)).length;
  const begun = CAPTURED.split('\n').filter((line) => line.endsWith('<unfinished ...>')).length;
  const resumed = CAPTURED.split('\n').filter((line) => line.includes(' resumed>')).length;
  expect(trace.calls.reduce((sum, call) => sum + call.calls, 0)).toBe(ended + begun - resumed);
});

test('the files that were read are told by name, with the time in them', () => {
  const trace =
    traceOf(`7  10:00:00.000000 openat(AT_FDCWD, "/sys/fs/cgroup/memory/memory.stat", O_RDONLY|O_CLOEXEC <unfinished ...>
8  10:00:00.000010 openat(AT_FDCWD, "/sys/fs/cgroup/memory/gone/memory.stat", O_RDONLY) = -1 ENOENT (No such file or directory)
7  10:00:00.000020 <... openat resumed>) = 12
7  10:00:00.000030 read(12,  <unfinished ...>
8  10:00:00.000040 read(3</sys/fs/cgroup/memory/memory.numa_stat>, "total=1"..., 4096) = 900 <0.500000>
7  10:00:09.000030 <... read resumed>"cache 1"..., 4096) = 1200
7  10:00:09.000040 close(12) = 0
7  10:00:09.000050 read(12, "", 4096) = 0
7  10:00:09.000060 getpid() = 7
`);
  expect(trace.files).toEqual([
    {
      name: 'memory.stat',
      opens: 1,
      reads: 1,
      readSeconds: expect.closeTo(9, 6),
      longestReadSeconds: expect.closeTo(9, 6),
    },
    { name: 'memory.numa_stat', opens: 0, reads: 1, readSeconds: 0.5, longestReadSeconds: 0.5 },
  ]);
  const captured = traceOf(CAPTURED).files.find((file) => file.name === 'memory.stat');
  expect(captured?.opens).toBe(CAPTURED.match(/\/memory\.stat"/g)?.length);
  expect(captured?.reads).toBe(2 * (captured?.opens ?? 0));
});

test('a call of two halves lasts from its beginning to its end, one that never ended until the last line', () => {
  const trace = traceOf(`7  10:00:00.000000 futex(0xc000, FUTEX_WAIT_PRIVATE, 0, {tv_sec=0, tv_nsec=5} <unfinished ...>
8  10:00:00.000000 epoll_pwait(3,  <unfinished ...>
7  10:00:00.250000 <... futex resumed>) = -1 ETIMEDOUT (Connection timed out)
7  10:00:00.250000 read(3, "a = b"..., 16) = 5
7  10:00:01.000000 getpid() = 7
`);
  expect(find(trace, 'futex')).toMatchObject({ operation: 'FUTEX_WAIT_PRIVATE', timeouts: 1, seconds: 0.25 });
  expect(find(trace, 'epoll_pwait')).toMatchObject({ calls: 1, seconds: 1 });
  expect(find(trace, 'read')).toMatchObject({ errors: 0, seconds: 0.75 });
  expect(trace).toMatchObject({ spanSeconds: 1, threadSeconds: 2, waitingShare: 0.625, otherCallsShare: 0.375 });
});

test('the form of strace 4.x on a terminal, with thread marks, -T and an attached thread', () => {
  const trace = traceOf(`Process 1342 attached with 2 threads
[pid  1343] 23:59:59.900000 futex(0x1, FUTEX_WAIT, 0, {0, 20000} <unfinished ...>
[pid  1342] 23:59:59.950000 nanosleep({0, 20000}, NULL) = 0 <0.000070>
[pid  1343] 00:00:00.100000 <... futex resumed> ) = -1 ETIMEDOUT (Connection timed out) <0.200100>
[pid  1342] 00:00:00.200000 --- SIGCHLD {si_signo=SIGCHLD} ---
[pid  1342] 00:00:00.300000 futex(0x1, FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME, 0, NULL, ffffffff) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.100000>
[pid  1343] 00:00:00.400000 +++ exited with 0 +++
Process 1343 detached
[pid  1342] 00:00:00.500000 epoll_wait(4,  <detached ...>
`);
  expect(trace.spanSeconds).toBeCloseTo(0.6);
  expect(trace).toMatchObject({ threads: 2, exitedThreads: 1, signals: [{ signal: 'SIGCHLD', count: 1 }] });
  expect(find(trace, 'futex')).toMatchObject({ operation: 'FUTEX_WAIT', timeouts: 1, seconds: 0.2001 });
  expect(find(trace, 'nanosleep').seconds).toBe(0.00007);
  expect(trace.calls.find((call) => call.operation === 'FUTEX_WAIT_BITSET_PRIVATE')).toMatchObject({
    errors: 1,
    seconds: 0.1,
  });
  expect(trace.threadSeconds).toBeCloseTo(0.5 + 0.55);
});

test('one thread has no marks, and -ttt counts from 1970', () => {
  const trace = traceOf(
    '1764000000.000000 close(3) = 0\n1764000000.500000 close(4) = -1 EBADF (Bad file descriptor)\n',
  );
  expect(trace).toMatchObject({ threads: 1, spanSeconds: 0.5 });
  expect(find(trace, 'close')).toMatchObject({ calls: 2, errors: 1, seconds: 0.5 });
});

test('a half line is told with its number, the rest is counted', () => {
  const { value, issues } = parseStraceTrace('7  10:00:00.000000 close(3) = 0\n7  10:00:00.100000 clo');
  expect(issues).toMatchObject([{ line: 2 }]);
  expect(value).toMatchObject({ threads: 1 });
});

test('text without a trace has none', () => {
  expect(parseStraceTrace('strace: Could not attach to process\n').value).toMatchObject({ unavailable: 'malformed' });
});

test('any text gives finite numbers or a reason, never an exception', () => {
  const lines = CAPTURED.split('\n').slice(0, 300);
  const torn = fc.tuple(fc.constantFrom(...lines), fc.nat(120)).map(([line, length]) => line.slice(0, length));
  const made = fc.array(fc.oneof(fc.constantFrom(...lines), torn, fc.string({ maxLength: 40 })), { maxLength: 30 });
  fc.assert(
    fc.property(made, (text) => {
      const { value, issues } = parseStraceTrace(text.join('\n'));
      expect(issues.length).toBeLessThanOrEqual(20);
      if (isMissing(value)) return;
      expect(value.waitingShare).toBeGreaterThanOrEqual(0);
      expect(value.waitingShare).toBeLessThanOrEqual(1);
      for (const call of value.calls) expect(call.seconds).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 200 },
  );
});

function traceOf(text: string): StraceTrace {
  const { value, issues } = parseStraceTrace(text);
  expect(issues).toEqual([]);
  if (isMissing(value)) throw new Error(value.detail);
  return value;
}

function find(trace: StraceTrace, name: string): TracedCall {
  const found = trace.calls.find((call) => call.call === name);
  if (found === undefined) throw new Error(`no ${name} in the trace`);
  return found;
}
