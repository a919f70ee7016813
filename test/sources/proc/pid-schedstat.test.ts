import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidSchedstat } from '../../../src/sources/proc/pid-schedstat.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

test('a process of a 6.18 kernel: nanoseconds become seconds', () => {
  expect(parsePidSchedstat(textOfLinux618('/proc/12365/schedstat'))).toEqual({
    value: { runSeconds: 0.001156049, waitSeconds: 0.00278329, slices: 3 },
    issues: [],
  });
});

test('the reader of memory.stat on 4.4.155 had a CPU for 21 s in 16 slices', () => {
  expect(parsePidSchedstat(incident('proc/18698/schedstat')).value).toEqual({
    runSeconds: 21.265053765,
    waitSeconds: 0.012927565,
    slices: 16,
  });
});

test('a kernel without scheduler statistics says 0 0 0', () => {
  expect(parsePidSchedstat('0 0 0\n').value).toEqual({ runSeconds: 0, waitSeconds: 0, slices: 0 });
});

test.each(['', '\n', '1 2\n', '-1 2 3\n', 'a b c\n', '1.5 2 3\n'])('%j is malformed', (text) => {
  expect(parsePidSchedstat(text)).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense('1156049 2783290 3\n'), (text) => {
      const { value, issues } = parsePidSchedstat(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
