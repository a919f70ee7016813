import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseInodeState } from '../../../src/sources/proc/inode-state.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

test('a 6.18 kernel, and the sick 4.4.155 node', () => {
  expect(parseInodeState(textOfLinux618('/proc/sys/fs/inode-state'))).toEqual({
    value: { objects: 155965, unused: 0 },
    issues: [],
  });
  expect(parseInodeState(incident('proc/sys/fs/inode-state')).value).toEqual({ objects: 27328, unused: 0 });
});

test.each(['', '5\n', '5\t-1\t0\n', 'x\ty\n'])('%j is malformed', (text) => {
  expect(parseInodeState(text)).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense('155965\t0\t0\t0\t0\t0\t0\n'), (text) => {
      const { value, issues } = parseInodeState(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
