import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseVersion } from '../../../src/sources/proc/version.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const CENTOS =
  'Linux version 4.4.227-1.el7.elrepo.x86_64 (mockbuild@Build64R7) (gcc version 4.8.5 (GCC) ) #1 SMP Tue Jun 9 2020\n';

test('the captured 4.4.155 node, and the kernel of the incident', () => {
  expect(parseVersion(incident('proc/version'))).toEqual({ value: '4.4.155', issues: [] });
  expect(parseVersion(CENTOS).value).toBe('4.4.227-1.el7.elrepo.x86_64');
});

test.each(['', 'Linux version \n', 'Darwin 4.4\n', 'Linux version \u001b[31m\n'])('%j is malformed', (text) => {
  expect(parseVersion(text)).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(CENTOS), (text) => {
      const { value, issues } = parseVersion(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
