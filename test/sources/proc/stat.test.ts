import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseStat } from '../../../src/sources/proc/stat.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const REAL = textOfLinux618('/proc/stat');

test('two CPUs of a 6.18 kernel', () => {
  const { value, issues } = parseStat(REAL);
  expect(issues).toEqual([]);
  expect(value).toMatchObject({
    total: {
      userTicks: 9247,
      niceTicks: 0,
      systemTicks: 5394,
      idleTicks: 322833,
      iowaitTicks: 779,
      irqTicks: 0,
      softirqTicks: 123,
      stealTicks: 19,
    },
    cpus: [
      { cpu: 0, userTicks: 3750, idleTicks: 163223 },
      { cpu: 1, userTicks: 5497, idleTicks: 159609 },
    ],
    contextSwitches: 925162,
    forks: 12369,
  });
});

test('the sick 4.4.155 node spends its time in the kernel', () => {
  const { value } = parseStat(incident('proc/stat'));
  expect(value).toMatchObject({ total: { userTicks: 1327, systemTicks: 22903 }, forks: 18795 });
});

test('CPUs that are offline leave holes in the numbers', () => {
  const { value } = parseStat('cpu  3 0 0 0 0 0 0 0 0 0\ncpu0 1 0 0 0 0 0 0 0 0 0\ncpu63 2 0 0 0 0 0 0 0 0 0\n');
  expect(value).toMatchObject({ cpus: [{ cpu: 0 }, { cpu: 63 }], contextSwitches: { unavailable: 'absent' } });
});

test('intr lines of any length are passed over', () => {
  const { value, issues } = parseStat(REAL.replace(/^intr .*$/m, `intr ${'17 '.repeat(1_000_000)}`));
  expect(value).toEqual(parseStat(REAL).value);
  expect(issues).toEqual([]);
});

test('negative counts, words and torn rows are issues, the rest stays', () => {
  const { value, issues } = parseStat('cpu  1 -2 3 4 5 6 7 8 9 0\ncpu0 1 2 3\nctxt many\nbtime 17\nprocesses 123');
  expect(value).toMatchObject({
    total: { unavailable: 'malformed' },
    cpus: [],
    contextSwitches: { unavailable: 'malformed' },
    forks: { unavailable: 'malformed' },
  });
  expect(issues.map(({ line }) => line)).toEqual([1, 2, 3, 5]);
});

test.each(['', 'something else\n'])('%j is malformed', (text) => {
  expect(parseStat(text).value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(REAL), (text) => {
      const { value, issues } = parseStat(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
