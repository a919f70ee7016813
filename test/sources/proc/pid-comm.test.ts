import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidComm } from '../../../src/sources/proc/pid-comm.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

test('the name without the newline at its end', () => {
  expect(parsePidComm(textOfLinux618('/proc/12365/comm'))).toEqual({ value: 'sleep', issues: [] });
  expect(parsePidComm(incident('proc/18698/comm')).value).toBe('cadvisor-loop');
});

test.each(['a\nb', '\n', ' ', '\u001b]0;x\u0007'])('the name %j stays as it is', (name) => {
  expect(parsePidComm(`${name}\n`).value).toBe(name);
});

test('a process may name itself nothing, a file never is nothing', () => {
  expect(parsePidComm('\n').value).toBe('');
  expect(parsePidComm('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense('sleep\n'), (text) => {
      const { value, issues } = parsePidComm(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
