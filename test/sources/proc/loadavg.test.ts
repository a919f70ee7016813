import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseLoadavg } from '../../../src/sources/proc/loadavg.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

test('a 6.18 kernel, and the sick 4.4.155 node', () => {
  expect(parseLoadavg(textOfLinux618('/proc/loadavg'))).toEqual({
    value: { oneMinute: 0.07, threads: 110 },
    issues: [],
  });
  expect(parseLoadavg(incident('proc/loadavg')).value).toMatchObject({ oneMinute: 2.59, threads: 166 });
});

test.each(['', '1 2 3\n', '-1.00 0.00 0.00 1/2 3\n', '0.1 0.1 0.1 1-2 3\n', '1e9 0 0 1/2 3\n', '0.1 0.1 0.1 1/2 '])(
  '%j is malformed',
  (text) => {
    expect(parseLoadavg(text)).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
  },
);

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(textOfLinux618('/proc/loadavg')), (text) => {
      const { value, issues } = parseLoadavg(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
