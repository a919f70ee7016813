import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { parseStraceSummary, type StraceSummary } from '../../src/trace/strace-summary.ts';

const CAPTURED = readFileSync(
  fileURLToPath(new URL('../fixtures/kubelet-1.20.2/strace-c.txt', import.meta.url)),
  'utf8',
);

/** In the form of strace 4.8 (CentOS 7): no usecs/call in the total. The numbers are those of an incident report. */
const STRACE_4_8 = `Process 1342 attached with 38 threads
^CProcess 1342 detached
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 99.12   81.902113        4466     18338      4023 futex
  0.88    0.727130       72713        10           select
  0.00    0.000000           0         3           close
------ ----------- ----------- --------- --------- ----------------
100.00   82.629243                 18351      4023 total
`;

test('the captured table has its 56 rows, and they add up to what strace itself printed', () => {
  const summary = summaryOf(CAPTURED);
  expect(summary.rows).toHaveLength(56);
  expect(summary.rows[0]).toMatchObject({ call: 'futex', seconds: 1.693703, calls: 1459, errors: 317 });
  expect(summary.rows[1]).toMatchObject({ call: 'nanosleep', calls: 6542, errors: 0 });
  expect(summary).toMatchObject({ calls: 65530, errors: 5431 });
  expect(summary.seconds).toBeCloseTo(3.939972, 6);
});

test('a table of strace 4.8, whose total has a column less', () => {
  const summary = summaryOf(STRACE_4_8);
  expect(summary).toMatchObject({ calls: 18351, errors: 4023 });
  expect(summary.rows[0]).toMatchObject({ call: 'futex', errors: 4023, share: expect.closeTo(0.9912, 4) });
  expect(summary.rows[1]?.microsecondsPerCall).toBeCloseTo(72_713, 0);
});

test('a run without any time has no shares', () => {
  const text = STRACE_4_8.replace(/^ ?[ \d]\d\.\d\d +\d+\.\d+/gm, '  -nan    0.000000');
  expect(summaryOf(text).rows[0]?.share).toMatchObject({ unavailable: 'absent' });
});

test('two tables are added up', () => {
  expect(summaryOf(CAPTURED + CAPTURED)).toMatchObject({ calls: 2 * 65530, errors: 2 * 5431 });
});

test('torn output gives the rows that are whole, and says so', () => {
  const torn = CAPTURED.slice(0, CAPTURED.indexOf('fcntl') - 20);
  const { value, issues } = parseStraceSummary(torn);
  expect(isMissing(value) ? value : value.rows.map((row) => row.call)).toEqual([
    'futex',
    'nanosleep',
    'epoll_pwait',
    'epoll_ctl',
    'read',
  ]);
  expect(issues.map((issue) => issue.line)).toEqual([8, 0]);
});

test.each(['', 'strace: attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted\n'])('no table in %j', (text) => {
  expect(parseStraceSummary(text).value).toMatchObject({ unavailable: 'malformed' });
});

test('any text gives a value or a reason, never an exception', () => {
  const line = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom(...CAPTURED.split('\n'), ...STRACE_4_8.split('\n')),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const { value, issues } = parseStraceSummary(lines.join('\n'));
      expect(issues.length).toBeLessThan(60);
      if (!isMissing(value)) expect(Number.isFinite(value.seconds + value.calls + value.errors)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

function summaryOf(text: string): StraceSummary {
  const { value, issues } = parseStraceSummary(text);
  expect(issues).toEqual([]);
  if (isMissing(value)) throw new Error(value.detail);
  return value;
}
