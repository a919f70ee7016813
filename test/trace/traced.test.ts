import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing, missing } from '../../src/core/missing.ts';
import { parseSavedTrace, parseTraced } from '../../src/trace/traced.ts';
import { leavesOf } from '../support/leaves.ts';
import { nonsense } from '../support/nonsense.ts';

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/kubelet-1.20.2/${name}`, import.meta.url)));
const TABLE = fixture('strace-c.txt').toString();
const TRACE = gunzipSync(fixture('strace-tt.txt.gz')).toString().slice(0, 20_000);

test('one file may hold the table, the calls, or both; what is not there is absent', () => {
  expect(parseSavedTrace(TABLE, 'f')).toMatchObject({ trace: { unavailable: 'absent' }, issues: [] });
  expect(parseSavedTrace(TRACE, 'f')).toMatchObject({ summary: { unavailable: 'absent' } });
  const both = parseSavedTrace(TRACE.slice(0, TRACE.lastIndexOf('\n') + 1) + TABLE, 'f');
  expect(both).toMatchObject({ summary: { calls: 65530 }, trace: { threads: expect.any(Number) } });
  expect(parseSavedTrace('strace: no such process\n', 'f')).toMatchObject({ unavailable: 'malformed' });
});

test('a trace that is too long is cut at the end of a line, and says so', () => {
  const whole = parseTraced({ origin: 'f', summary: missing('absent'), trace: TRACE, mostCharacters: 5000 });
  expect(whole).toMatchObject({ cutAtCharacters: 5000, issues: [] });
});

test('whatever a file holds: finite numbers or a reason, and issues that can be shown', () => {
  const pieces = fc.constantFrom(
    ...[
      '9'.repeat(400),
      `${'9'.repeat(400)}.0`,
      '0',
      '-nan',
      '1 ',
      '\n',
      '[pid ',
      ' = ',
      ' <',
      '>',
      '(',
      ')',
      '\u001b[',
    ],
    ...['<unfinished ...>', '<... read resumed>', '23:59:59.9 ', '00:00:00 ', '+++', '--- SIG', 'futex(', '7  '],
  );
  const written = (real: string) =>
    fc
      .array(fc.tuple(fc.nat(real.length), fc.nat(12), pieces), { maxLength: 8 })
      .map((edits) => edits.reduce((text, [at, cut, piece]) => text.slice(0, at) + piece + text.slice(at + cut), real));
  const short = TRACE.slice(0, 4000);
  fc.assert(
    fc.property(fc.oneof(written(TABLE), written(short), nonsense(TABLE + short)), (text) => {
      const traced = parseSavedTrace(text, 'a file');
      if (isMissing(traced)) return;
      for (const { id, value } of leavesOf(traced)) {
        if (typeof value === 'number') expect([id, Number.isFinite(value)]).toEqual([id, true]);
      }
      for (const { message } of traced.issues) expect(message).toMatch(/^[\x20-\x7e]*$/);
    }),
    { numRuns: 500 },
  );
});

test('a number of 400 digits is no number of a trace', () => {
  const many = '9'.repeat(400);
  const texts = [
    TABLE.replace('1.693703', `${many}.0`),
    TABLE.replace('1459', many),
    `7  10:00:00.000000 close(3) = 0 <${many}.0>\n`,
    `7  ${many}.0 close(3) = 0\n7  10:00:01.000000 close(3) = 0\n`,
  ];
  for (const text of texts) {
    const numbers = leavesOf(parseSavedTrace(text, 'f')).filter(({ value }) => typeof value === 'number');
    expect(numbers.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
  }
});

test('a line of a megabyte takes no longer than a megabyte of lines', () => {
  const units = [')', ') ', ' = ', '1 ', '9', ' <1.0>', '[pid 1] ', '"', '<unfinished ...> ', '% time ', '0.1 '];
  for (const unit of units) {
    for (const beginning of [
      '',
      '7  10:00:00.000000 openat(',
      '% time     seconds  usecs/call     calls    errors syscall\n',
    ]) {
      const text = `${beginning}${unit.repeat(2 ** 20 / unit.length)}!`;
      const before = process.cpuUsage();
      parseSavedTrace(text, 'f');
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1e6, `${JSON.stringify(unit)} after ${JSON.stringify(beginning)}`).toBeLessThan(2);
    }
  }
});
