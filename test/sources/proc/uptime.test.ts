import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseUptime } from '../../../src/sources/proc/uptime.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

test('a 6.18 kernel, and the sick 4.4.155 node', () => {
  expect(parseUptime(textOfLinux618('/proc/uptime'))).toEqual({
    value: { uptimeSeconds: 1696.87 },
    issues: [],
  });
  expect(parseUptime(incident('proc/uptime')).value).toEqual({ uptimeSeconds: 231.58 });
});

test.each(['', '12.5\n', '-1.0 2.0\n', 'up 3 days\n', 'Infinity 1\n'])('%j is malformed', (text) => {
  expect(parseUptime(text)).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense('1696.87 3228.33\n'), (text) => {
      const { value, issues } = parseUptime(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
