import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { encodeCompletion } from '../../../src/app/cli/completion/completion.ts';
import { SHELLS } from '../../../src/app/cli/completion/shells.ts';
import { makeFolder } from '../../support/cleanup.ts';
import { COMMANDS, DEFINED } from './definitions.ts';

const folder = makeFolder(tmpdir(), 'completion');
afterAll(folder.remove);
writeFileSync(join(folder.path, 'node.slabrec'), '');
mkdirSync(join(folder.path, 'nodes'));

const has = (shell: string) => spawnSync(shell, ['--version']).error === undefined;

const scriptOf = (shell: (typeof SHELLS)[number]) => {
  const path = join(folder.path, `completion.${shell}`);
  writeFileSync(path, encodeCompletion(shell, DEFINED));
  return path;
};

for (const shell of SHELLS) {
  const missing = !has(shell);
  if (missing) console.log(`skipped, completion of ${shell}: there is none here`);
  test.skipIf(missing)(`${shell} can read its completion`, () => {
    const { status, stderr } = spawnSync(shell, ['-n', scriptOf(shell)], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
  test(`completion of ${shell} has every command and every flag`, () => {
    const script = encodeCompletion(shell, DEFINED);
    for (const { name, flags } of COMMANDS) {
      expect(script).toContain(name);
      for (const { names } of flags)
        for (const flag of names) expect(script).toContain(shell === 'fish' ? flag.replace(/^--?/, '') : flag);
    }
  });
}

/** What completes the last word of each line, by the shell itself. */
const CASES: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['slabtop-k8s che', ['check']],
  ['slabtop-k8s check --fail-on ', ['critical', 'warning']],
  ['slabtop-k8s check --fail', ['--fail-on']],
  ['slabtop-k8s print kub', ['kubernetes']],
  ['slabtop-k8s help sna', ['snapshot']],
  ['slabtop-k8s completion f', ['fish']],
  ['slabtop-k8s replay node.s', ['node.slabrec']],
  ['slabtop-k8s --snapshot-o', ['--snapshot-on']],
];

test.skipIf(!has('bash')).each(CASES)('bash completes "%s"', (line, words) => {
  const given = line.split(' ').map((word) => `'${word}'`);
  const script = `source '${scriptOf('bash')}'
compopt() { :; }
COMP_WORDS=(${given.join(' ')}); COMP_CWORD=${given.length - 1}; _slabtop_k8s; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8', cwd: folder.path });
  expect(stdout.trim().split('\n').sort()).toEqual(words);
});

test.skipIf(!has('fish')).each(CASES)('fish completes "%s"', (line, words) => {
  const script = `source '${scriptOf('fish')}'; complete -C '${line}'`;
  const env = { ...process.env, HOME: folder.path };
  const { stdout } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8', cwd: folder.path, env });
  const found = stdout
    .trim()
    .split('\n')
    .map((row) => row.split('\t', 1)[0] ?? '');
  expect(found.sort()).toEqual(words);
});
