import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrapCommand } from '../../src/views/wrap-command.ts';

const LONG =
  "kubectl get pods -A --field-selector spec.nodeName=ip-10-0-0-1.eu-central-1.compute.internal --sort-by='.status.containerStatuses[0].restartCount'";

/** What a shell makes of a command, as the arguments that it would hand over. */
const argumentsOf = (command: string) =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${command}`])
    .toString()
    .split('\0')
    .slice(0, -1);

describe('a copied command works', () => {
  test.each([20, 40, 60, 80, 100])('a shell joins what was cut at %i columns', (columns) => {
    const lines = wrapCommand(LONG, columns);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    for (const line of lines.slice(0, -1)) expect(line.endsWith('\\')).toBe(true);
    expect(argumentsOf(lines.join('\n'))).toEqual(argumentsOf(LONG));
  });

  test('what fits is left alone', () => {
    expect(wrapCommand('echo 2 > /proc/sys/vm/drop_caches', 40)).toEqual(['echo 2 > /proc/sys/vm/drop_caches']);
  });

  test('words in any quotes stay the same words', () => {
    const word = fc.oneof(
      fc.stringMatching(/^[a-z.=/-]{1,30}$/),
      fc.stringMatching(/^'[a-z \\"]{0,30}'$/),
      fc.stringMatching(/^"[a-z ']{0,30}"$/),
      fc.constant('\\$HOME'),
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.integer({ min: 8, max: 40 }), (words, columns) => {
        const command = words.join(' ');
        const lines = wrapCommand(command, columns);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
        expect(argumentsOf(lines.join('\n'))).toEqual(argumentsOf(command));
      }),
      { numRuns: 100 },
    );
  });
});
