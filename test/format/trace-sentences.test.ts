import { expect, test } from 'vitest';
import { isMissing, missing } from '../../src/core/missing.ts';
import { traceSentences } from '../../src/format/trace-sentences.ts';
import { parseSavedTrace, parseTraced } from '../../src/trace/traced.ts';
import { capturedTrace } from '../support/captured-trace.ts';

const TABLE = `% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 90.00    0.900000        1000       900       300 futex
 10.00    0.100000         100      1000           read
------ ----------- ----------- --------- --------- ----------------
100.00    1.000000                  1900       300 total
`;

const TRACE = `7  10:00:00.000000 openat(AT_FDCWD, "/sys/fs/cgroup/memory/memory.stat", O_RDONLY) = 12 <0.000010>
7  10:00:00.000010 read(12, "cache 1"..., 4096) = 900 <9.000000>
7  10:00:09.000010 futex(0xc000, FUTEX_WAIT_PRIVATE, 0, {tv_sec=0, tv_nsec=5}) = -1 ETIMEDOUT (Connection timed out) <1.000000>
7  10:00:10.000010 getpid() = 7 <0.000001>
`;

test('ETIMEDOUT of futex is counted among the waits and explained', () => {
  expect(traceSentences(capturedTrace())[0]).toMatch(
    /^17 of 55 futex waits ended with ETIMEDOUT: timers of the Go runtime/,
  );
});

test('a table alone does not tell which errors they are, and the sentence says so', () => {
  const [first] = sentencesOf(TABLE);
  expect(first).toMatch(
    /^300 of 900 futex calls ended with an error: the table does not say which. In a Go program it is mostly ETIMEDOUT/,
  );
});

test('who reads memory.stat for how long, and what is waiting and not working', () => {
  const said = sentencesOf(TRACE);
  expect(said[0]).toMatch(/^1 of 1 futex waits ended with ETIMEDOUT/);
  expect(said[1]).toContain('10.0 % was waiting');
  expect(said[1]).toContain('90.0 % was in other system calls');
  expect(said[2]).toBe(
    'memory.stat: opened once, 1 read that took 9.00 s together, the longest 9.00 s, 90.0 % of the time traced',
  );
});

test('that a saved file has only one of the two is no defect', () => {
  expect(sentencesOf(TABLE).join()).not.toMatch(/could not be read|no call by call/);
  expect(sentencesOf(TRACE).join()).not.toMatch(/could not be read|no table/);
  expect(parseSavedTrace('something else', 'file')).toMatchObject({ unavailable: 'malformed' });
});

test('both in one file (strace -C) are both read', () => {
  const both = parseSavedTrace(TRACE + TABLE, 'file');
  if (isMissing(both)) throw new Error(both.detail);
  expect(isMissing(both.summary) || isMissing(both.trace)).toBe(false);
});

test('a trace is cut at the end of a line, and what had no result says why', () => {
  const summary = missing('failed', 'strace had to be ended by force');
  const traced = parseTraced({ origin: 'process 7', summary, trace: TRACE, mostCharacters: TRACE.length - 10 });
  expect(traced.issues).toEqual([]);
  expect(traced.trace).toMatchObject({ spanSeconds: expect.closeTo(10.00001, 5) });
  const said = traceSentences(traced);
  expect(said).toContain('no table of calls: failed: strace had to be ended by force');
  expect(said.at(-1)).toMatch(/of the trace were read$/);
});

function sentencesOf(text: string): readonly string[] {
  const traced = parseSavedTrace(text, 'file');
  if (isMissing(traced)) throw new Error(traced.detail);
  return traceSentences(traced);
}
