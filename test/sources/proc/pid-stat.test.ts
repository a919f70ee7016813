import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidStat } from '../../../src/sources/proc/pid-stat.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const SLEEP = textOfLinux618('/proc/12365/stat');

test('a process of a 6.18 kernel', () => {
  expect(parsePidStat(SLEEP)).toEqual({
    value: {
      pid: 12365,
      comm: 'sleep',
      state: 'S',
      userTicks: 0,
      systemTicks: 0,
      threads: 1,
      startTicks: 169686,
      rssPages: 445,
      processor: 1,
    },
    issues: [],
  });
});

test('a kernel thread of a 6.18 kernel has no memory', () => {
  expect(parsePidStat(textOfLinux618('/proc/2/stat')).value).toMatchObject({
    comm: 'kthreadd',
    systemTicks: 3,
    rssPages: 0,
  });
});

test('the reader of memory.stat on 4.4.155 has system time only', () => {
  expect(parsePidStat(incident('proc/18698/stat')).value).toMatchObject({
    pid: 18698,
    comm: 'cadvisor-loop',
    state: 'R',
    userTicks: 0,
    systemTicks: 2124,
    startTicks: 21451,
    processor: 1,
  });
});

test.each(['a b', ') R 1 (', '((', '))', '', ' ', 'x\ny', '\u001b[2J', ') S 1 1 1 0 -1 1 1'])('comm %j', (comm) => {
  const { value } = parsePidStat(SLEEP.replace('(sleep)', `(${comm})`));
  expect(value).toMatchObject({ pid: 12365, comm, state: 'S', rssPages: 445 });
});

test('any comm leaves the columns alone', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 64 }), (comm) => {
      const { value } = parsePidStat(SLEEP.split('sleep').join(comm));
      return !isMissing(value) && value.comm === comm && value.startTicks === 169686;
    }),
  );
});

test.each([
  ['empty', ''],
  ['no comm', '12 S 1 1'],
  ['negative system time', SLEEP.replace(' 140 0 1 0 0 0 ', ' 140 0 1 0 0 -5 ')],
  ['a word where threads stand', SLEEP.replace(' 20 0 1 0 ', ' 20 0 one 0 ')],
  ['an empty column', SLEEP.replace(' 445 ', '  ')],
  ['torn inside column 39', SLEEP.slice(0, SLEEP.indexOf(' 17 1 0') + ' 17 1'.length)],
])('%s is malformed as a whole', (_, text) => {
  const { value, issues } = parsePidStat(text);
  expect(value).toMatchObject({ unavailable: 'malformed' });
  expect(issues).toHaveLength(1);
});

test('values of one call do not show in the next', () => {
  const first = parsePidStat(SLEEP).value;
  parsePidStat(textOfLinux618('/proc/2/stat'));
  expect(first).toEqual(parsePidStat(SLEEP).value);
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(SLEEP), (text) => {
      const { value, issues } = parsePidStat(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
