import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { configure } from '../../../src/app/base/configuration.ts';
import { WrongUsage } from '../../../src/app/base/wrong-usage.ts';
import { makeFolder } from '../../support/cleanup.ts';
import { nonsense } from '../../support/nonsense.ts';

const folder = makeFolder(tmpdir(), 'configuration');
afterAll(folder.remove);
const file = join(folder.path, 'config.json');

const REAL = JSON.stringify({
  delaySeconds: 2,
  probeBudgetPct: 2,
  readOnly: false,
  exportFolder: '/var/tmp',
  exportFormats: 'md,json',
  thresholds: { dyingWarning: 1000 },
});

test('whatever stands in a file or a variable: a configuration, or wrong usage in a line that can be shown', () => {
  const keys = fc.constantFrom(
    ...Object.keys(JSON.parse(REAL)),
    'log',
    'lockFile',
    '\u001b]0;owned\u0007',
    '__proto__',
  );
  const written = fc.dictionary(keys, fc.jsonValue()).map((values) => JSON.stringify(values));
  const variables = fc.dictionary(
    fc
      .constantFrom('DELAY', 'PID', 'EXPORT_FORMATS', 'CGROUP_ROOT', 'READ_ONLY', 'other')
      .map((name) => `SLABTOP_K8S_${name}`),
    fc.oneof(fc.string(), fc.constantFrom('1e999', '-1', 'true', '0x10', '\u001b[31m')),
  );
  fc.assert(
    fc.property(fc.oneof(nonsense(REAL), written, fc.json()), variables, (text, env) => {
      writeFileSync(file, text);
      try {
        const { delaySeconds = 1, pid = 1 } = configure({}, env, file);
        expect([delaySeconds, pid].every(Number.isFinite)).toBe(true);
      } catch (error) {
        if (!(error instanceof WrongUsage)) throw error;
        // The command line takes out the ends of lines.
        expect(error.message.replaceAll('\n', ' ')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }
    }),
    { numRuns: 500 },
  );
});
