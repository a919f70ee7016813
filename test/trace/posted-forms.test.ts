import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { traceSentences } from '../../src/format/trace-sentences.ts';
import type { StraceTrace } from '../../src/trace/trace-counts.ts';
import { parseSavedTrace } from '../../src/trace/traced.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

function read(text: string) {
  const traced = parseSavedTrace(text, 'a file');
  if (isMissing(traced)) throw new Error(traced.detail);
  return traced;
}

const posted = (name: string) => read(readFileSync(join(FIXTURES, 'strace-posted', name), 'utf8'));

function callsOf({ trace }: ReturnType<typeof read>): StraceTrace {
  if (isMissing(trace)) throw new Error(trace.detail);
  return trace;
}

test.each(['T-only.txt', 'r.txt', 'o.txt', 'y.txt', 'journal.txt', 'crlf.txt'])(
  'the read of 9.06 s is named in %s',
  (name) => {
    const traced = posted(name);
    const stat = callsOf(traced).files.find((file) => file.name === 'memory.stat');
    expect(stat?.longestReadSeconds).toBe(9.064);
    expect(traceSentences(traced).join('\n')).toContain('the longest 9.06 s');
    expect(traced.issues).toEqual([]);
  },
);

test('without stamps and times calls are counted, and no share is told', () => {
  const traced = posted('plain-memstat.txt');
  expect(callsOf(traced)).toMatchObject({ stamped: false, spanSeconds: 0, threads: 1 });
  expect(callsOf(traced).files).toMatchObject([
    { name: 'memory.stat', opens: 1, reads: 1, readSeconds: { unavailable: 'absent' } },
  ]);
  expect(callsOf(traced).calls[0]?.seconds).toMatchObject({ unavailable: 'absent' });
  expect(traceSentences(traced)).toContain('memory.stat: opened once, 1 read');
  expect(traceSentences(traced).join('\n')).toContain('no line has a time, so that shares are not known');
});

test('-r counts the steps between lines', () => {
  const line = (step: string, call: string) => `[pid  2001]      ${step} ${call}`;
  const text = [line('0.000000', 'close(3) = 0'), line('0.500000', 'close(4) = 0'), line('1.500000', 'close(5) = 0')];
  expect(callsOf(read(`${text.join('\n')}\n`)).spanSeconds).toBeCloseTo(2, 9);
});

test('stamps that stand still while a read lasts 9 s are not believed: no share is above all of the time', () => {
  for (const name of ['r.txt', 'o.txt']) {
    const traced = posted(name);
    expect(callsOf(traced).spanSeconds, name).toBeGreaterThan(9);
    const said = traceSentences(traced).join('\n');
    expect(said, name).toContain('2 reads that took 13.8 s together, the longest 9.06 s');
    for (const [, share] of said.matchAll(/([\d,.]+) %/g)) expect(Number(share), said).toBeLessThanOrEqual(100);
  }
});

test('halves of calls without stamps, and du, which is a walk of the disk', () => {
  const traced = posted('k37004.txt');
  expect(callsOf(traced)).toMatchObject({ threads: 4, diskWalks: 1 });
  expect(traceSentences(traced).join('\n')).toContain('a walk of the disk');
});

test('tables with chosen columns; usecs/call stands as strace printed it', () => {
  for (const name of ['cU.txt', 'cUmax.txt']) {
    const { summary } = posted(name);
    expect(isMissing(summary) ? [] : summary.rows, name).toMatchObject([
      { call: 'read', calls: 1000, errors: 0, microsecondsPerCall: 12_404 },
      { call: 'futex', calls: 10_000, errors: 1200, microsecondsPerCall: 350 },
    ]);
  }
});

test('errors of futex are what the calls show: EAGAIN is no timer that ran out', () => {
  const table = readFileSync(join(FIXTURES, 'strace-posted', 'cU.txt'), 'utf8');
  const calls = readFileSync(join(FIXTURES, 'strace-posted', 'npd498.txt'), 'utf8');
  expect(traceSentences(read(calls + table)).join('\n')).toContain('none was ETIMEDOUT');
  expect(traceSentences(read(table)).join('\n')).toContain('the table does not say which');
});

test('a read of an inotify or an eventfd sleeps until something happens: it is no work', () => {
  const text = [
    '7 10:00:00.000000 inotify_init1(IN_CLOEXEC) = 9 <0.000010>',
    '7 10:00:00.000100 read(9, "\\1\\0\\0\\0", 4096) = 32 <4.000000>',
    '7 10:00:04.000200 read(5<anon_inode:[eventfd]>, "\\1\\0\\0\\0\\0\\0\\0\\0", 8) = 8 <2.000000>',
    '7 10:00:06.000300 read(8</sys/fs/cgroup/memory/memory.stat>, "cache 1", 4096) = 640 <1.000000>',
    '7 10:00:07.000400 close(8</sys/fs/cgroup/memory/memory.stat>) = 0 <0.000001>',
  ];
  const { calls, files } = callsOf(read(`${text.join('\n')}\n`));
  expect(calls).toMatchObject([
    { call: 'read', operation: 'inotify', waits: true, seconds: 4 },
    { call: 'read', operation: 'eventfd', waits: true, seconds: 2 },
    { call: 'read', operation: '', waits: false, seconds: 1 },
    { call: 'inotify_init1' },
    { call: 'close' },
  ]);
  expect(files.map(({ name }) => name)).toEqual(['memory.stat']);
});

test('kubelet 1.26 opens cgroup files by openat2: which it reads, and how long', () => {
  const text = gunzipSync(readFileSync(join(FIXTURES, 'kubelet-1.26.15/strace-tt.txt.gz'))).toString('utf8');
  const { files } = callsOf(read(text));
  const stat = files.find(({ name }) => name === 'memory.stat');
  expect(stat?.opens).toBeGreaterThan(0);
  expect(stat?.reads).toBeGreaterThan(0);
  expect(stat?.readSeconds).toBeGreaterThan(0);
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['memory.usage_in_bytes', 'memory.numa_stat']));
});

test("many links of /proc/PID/fd are cAdvisor's process statistics", () => {
  const look = (n: number) =>
    `7 10:00:00.${String(n).padStart(6, '0')} readlinkat(AT_FDCWD, "/proc/12/fd/${n}", "socket:[1]", 128) = 10\n`;
  const text = Array.from({ length: 120 }, (_, n) => look(n)).join('');
  expect(traceSentences(read(text)).join('\n')).toContain("120 links of /proc/PID/fd were read: cAdvisor's");
});
