import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { encodeManPage } from '../../../src/app/cli/man-page.ts';
import { COMMANDS, DEFINED } from './definitions.ts';

const page = encodeManPage(DEFINED, '1.0.0');

test('the man page has every command, flag and example', () => {
  const text = page.replaceAll('\\-', '-').replaceAll('\\(dq', '"');
  for (const { name, flags, examples } of COMMANDS) {
    expect(text).toContain(name);
    for (const flag of flags) expect(text).toContain(flag.flags);
    for (const { line } of examples) expect(text).toContain(line);
  }
});

test('no line of text begins a request by chance', () => {
  const requests = page.split('\n').flatMap((line) => /^[.'](\S*)/.exec(line)?.[1] ?? []);
  const KNOWN = ['TH', 'SH', 'SS', 'TP', 'B', 'BR', 'I', 'PP', 'br', 'nf', 'fi', 'nh', 'ad'];
  expect([...new Set(requests)].filter((request) => !KNOWN.includes(request))).toEqual([]);
});

const groff = spawnSync('groff', ['--version']).error === undefined;
if (!groff) console.log('skipped, what groff says of the man page: no groff here');

test.skipIf(!groff)('groff has no complaint about it', () => {
  const { stderr, status } = spawnSync('groff', ['-man', '-ww', '-Tascii'], { input: page, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
