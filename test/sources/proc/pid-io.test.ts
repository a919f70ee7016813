import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidIo } from '../../../src/sources/proc/pid-io.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

test('a process of a 6.18 kernel', () => {
  expect(parsePidIo(textOfLinux618('/proc/12365/io'))).toEqual({
    value: { rcharBytes: 6976, readCalls: 10 },
    issues: [],
  });
});

test('the reader of memory.stat on 4.4.155 reads calls, not disks', () => {
  expect(parsePidIo(incident('proc/18698/io')).value).toMatchObject({ rcharBytes: 4698, readCalls: 14 });
});

test('a row that is not there is absent; a torn row is malformed', () => {
  const { value, issues } = parsePidIo('wchar: 2\nsyscr: 3');
  expect(value).toMatchObject({ rcharBytes: { unavailable: 'absent' }, readCalls: { unavailable: 'malformed' } });
  expect(issues.map(({ line }) => line)).toEqual([2]);
});

test('nothing of the file is malformed', () => {
  expect(parsePidIo('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(textOfLinux618('/proc/12365/io')), (text) => {
      const { value, issues } = parsePidIo(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
