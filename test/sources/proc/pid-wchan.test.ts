import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidWchan } from '../../../src/sources/proc/pid-wchan.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

test('threads of a 6.18 kernel that sleep', () => {
  expect(parsePidWchan(textOfLinux618('/proc/12365/wchan'))).toEqual({ value: 'hrtimer_nanosleep', issues: [] });
  expect(parsePidWchan(textOfLinux618('/proc/2/wchan')).value).toBe('kthreadd');
});

test('a running thread on 4.4.155 sleeps nowhere', () => {
  expect(parsePidWchan(incident('proc/18698/wchan'))).toMatchObject({ value: { unavailable: 'absent' }, issues: [] });
});

test('compilers put dots into names', () => {
  expect(parsePidWchan('do_wait.constprop.0').value).toBe('do_wait.constprop.0');
});

test.each(['', ' ', 'two words', '\u001b[2J'])('%j is malformed', (text) => {
  expect(parsePidWchan(text)).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense('hrtimer_nanosleep'), (text) => {
      const { value, issues } = parsePidWchan(text);
      return !isMissing(value) || value.unavailable === 'absent' || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
