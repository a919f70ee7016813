import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing, missing } from '../../../src/core/missing.ts';
import { parseDentryState } from '../../../src/sources/proc/dentry-state.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const REAL = textOfLinux618('/proc/sys/fs/dentry-state');

test('a 6.18 kernel counts negative dentries', () => {
  expect(parseDentryState(REAL, '6.18.44')).toEqual({
    value: { objects: 188488, unused: 187040, negative: 32357 },
    issues: [],
  });
});

test('4.4.155 does not: its 0 beside 3 million unused is no count', () => {
  const { value, issues } = parseDentryState(incident('proc/sys/fs/dentry-state'), '4.4.155');
  expect(value).toMatchObject({ objects: 3083199, unused: 3082111, negative: { unavailable: 'unsupported' } });
  expect(issues).toEqual([]);
});

test.each([
  ['3.10.0-1160.el7.x86_64', 0, { unavailable: 'unsupported' }],
  ['4.18.0-305.el8.x86_64', 1234, 1234],
  ['4.20.17', 0, { unavailable: 'unsupported' }],
  ['5.0.0', 0, 0],
  ['10.2', 0, 0],
  ['not a release', 0, { unavailable: 'unsupported' }],
  [missing('denied'), 0, { unavailable: 'unsupported' }],
  [missing('denied'), 9, 9],
])('release %j and a fifth number of %d', (release, fifth, negative) => {
  expect(parseDentryState(`100\t90\t45\t0\t${fifth}\t0\n`, release).value).toMatchObject({ negative });
});

test('few unused, as after caches were dropped, do not make the 0 of an old kernel a count', () => {
  expect(parseDentryState('800\t3\t45\t0\t0\t0\n', '4.4.155').value).toMatchObject({
    negative: { unavailable: 'unsupported' },
  });
});

test.each(['', '1\t2\n', '1\t-2\t45\t0\t0\t0\n', 'a b c d e f\n'])('%j is malformed', (text) => {
  expect(parseDentryState(text, '6.18.44')).toMatchObject({
    value: { unavailable: 'malformed' },
    issues: [{ line: 0 }],
  });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(REAL), (text) => {
      const { value, issues } = parseDentryState(text, '6.18.44');
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
