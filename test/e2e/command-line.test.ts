import { statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { jsonOf, runProgram } from '../support/program.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'cli');
afterAll(remove);

test('the captured incident gives its numbers as JSON', async () => {
  const document = await jsonOf(['--once', '--host-root', captured('incident')]);
  expect(document.schema).toBe('slabtop-k8s/1');
  expect(document.memcg).toMatchObject({ total: 20_082, live: 186, dying: 19_896 });
  expect(document.dentry).toMatchObject({ objects: 3_083_199, unused: 3_082_111 });
  expect(document.dentry.negative).toMatchObject({ unavailable: 'unsupported' });
  expect(document.slab.totalBytes).toBe(913_543_168);
  expect(document.memcg.heldByDying.where[0]).toMatchObject({ path: '/kubepods/burstable', bytes: 654_753_792 });
  expect(document.reads[0]).toMatchObject({ path: '/', file: 'memory.stat', wallSeconds: 3.6632, cpuSeconds: 3.66 });
  expect(document.kubelet).toMatchObject({ unavailable: 'absent' });
  expect(document.host.distribution).toMatchObject({ unavailable: 'absent' });
});

test('healthy and after-drop have none dying', async () => {
  const healthy = await jsonOf(['--once', '--host-root', captured('healthy')]);
  const afterDrop = await jsonOf(['--once', '--host-root', captured('after-drop')]);
  expect(healthy.memcg.dying).toBe(0);
  expect(afterDrop.memcg.dying).toBeLessThan(10);
  expect(afterDrop.reads[0].wallSeconds).toBe(0.0388);
});

test('the text report names what there is and why the rest is not', async () => {
  const { code, stdout } = await runProgram(['--once', '--host-root', captured('incident')]);
  expect(code).toBe(0);
  expect(stdout).toContain('19,896');
  expect(stdout).toContain('/kubepods/burstable');
  expect(stdout).toMatch(/no kubelet runs here/);
  expect(stdout).not.toMatch(/undefined|NaN|\[object|null/);
});

test('--batch prints one report per interval', async () => {
  const { code, stdout } = await runProgram([
    '--batch',
    '-n',
    '3',
    '-d',
    '0.3',
    '--json',
    '--host-root',
    captured('healthy'),
  ]);
  expect(code).toBe(0);
  const documents = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(documents).toHaveLength(3);
});

test.each([
  [['--onec'], 'unknown flag --onec (did you mean --once?); see slabtop-k8s --help'],
  [['chek'], 'unknown command chek (did you mean check?); see slabtop-k8s --help'],
  [['help', 'chek'], 'help chek: no such command (did you mean check?); see slabtop-k8s help --help'],
  [['xyzzy'], 'unknown command xyzzy; see slabtop-k8s --help'],
  [['check', 'all'], 'check takes no all; see slabtop-k8s check --help'],
  [['check', '--once'], 'unknown flag --once; see slabtop-k8s check --help'],
  [['--once', 'check'], '--once means nothing to check; see slabtop-k8s check --help'],
  [['print'], 'print takes <what>; see slabtop-k8s print --help'],
  [['completion', 'tcsh'], 'completion tcsh: one of bash, zsh, fish; see slabtop-k8s completion --help'],
  [['--once', '--batch'], '--once and --batch exclude each other; give one; see slabtop-k8s --help'],
  [['--json'], '--json goes with --once or --batch; see slabtop-k8s --help'],
  [['--iterations', '3'], '--iterations goes with --once or --batch; see slabtop-k8s --help'],
  [['-d', 'soon', '--once'], '-d soon: not a number; see slabtop-k8s --help'],
  [['-d', '0', '--once'], '-d 0: at least 0.2; see slabtop-k8s --help'],
  [['check', '-d0'], '-d 0: at least 0.2; see slabtop-k8s check --help'],
  [['--delay=0', '--once'], '--delay 0: at least 0.2; see slabtop-k8s --help'],
  [['--delay'], '--delay takes a value; see slabtop-k8s --help'],
  [['check', '--fail-on', 'never'], '--fail-on never: one of critical, warning; see slabtop-k8s check --help'],
  [
    ['check', '--threshold', 'dyingWarning=x'],
    '--threshold dyingWarning=x: not a number; see slabtop-k8s check --help',
  ],
  [['serve', '--interval', '0'], '--interval 0: at least 1; see slabtop-k8s serve --help'],
  [['demo', '--speed', '0'], '--speed 0: more than 0; see slabtop-k8s demo --help'],
  [['--host-root', '/nonexistent/root', '--once'], /^slabtop-k8s: --host-root \/nonexistent\/root: no such file/],
  [['--config', '/nonexistent/config.json', '--once'], /no such configuration file/],
])('wrong usage %j ends with 2 and one line', async (args, message) => {
  const { code, stdout, stderr } = await runProgram(args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  if (typeof message === 'string') expect(stderr).toBe(`slabtop-k8s: ${message}\n`);
  else expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('unknown keys of a configuration file and unknown variables are named', async () => {
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify({ delaySeconds: 1, colour: true }));
  expect((await runProgram(['--once', '--config', file])).stderr).toMatch(/unknown key "colour"/);
  expect((await runProgram(['--once'], { SLABTOP_K8S_INTERVAL: '1' })).stderr).toMatch(
    /unknown environment variable SLABTOP_K8S_INTERVAL/,
  );
  writeFileSync(file, '{ torn');
  expect((await runProgram(['--once', '--config', file])).stderr).toMatch(/not JSON/);
});

test('a value that cannot be is named as it was given: variable, or key of a file', async () => {
  expect((await runProgram(['check'], { SLABTOP_K8S_DELAY: '0' })).stderr).toMatch(
    /SLABTOP_K8S_DELAY=0: at least 0.2;/,
  );
  const file = join(folder, 'delay.json');
  writeFileSync(file, JSON.stringify({ delaySeconds: 'secret' }));
  const { stderr } = await runProgram(['check', '--config', file]);
  expect(stderr).toContain(`${file}: delaySeconds: not a number;`);
  expect(stderr).not.toContain('secret');
});

test('help, help COMMAND and --help are the same; version is that of --version', async () => {
  const printed = async (...args: string[]) => (await runProgram(args)).stdout;
  expect(await printed('help')).toBe(await printed('--help'));
  expect(await printed('help', 'check')).toBe(await printed('check', '--help'));
  expect(await printed('version')).toBe(await printed('--version'));
  expect(await printed('help', 'check')).toMatch(/^Usage: slabtop-k8s check/);
});

test('the man page and completion are printed', async () => {
  expect((await runProgram(['print', 'man-page'])).stdout).toMatch(/^\.TH SLABTOP/);
  expect((await runProgram(['completion', 'bash'])).stdout).toContain('complete -F _slabtop_k8s slabtop-k8s');
});

test('flags before a command are those of the command', async () => {
  const { stdout, code } = await runProgram(['--host-root', captured('healthy'), '--json', 'check']);
  expect(JSON.parse(stdout)).toMatchObject({ schema: 'slabtop-k8s-check/1', overall: 'ok' });
  expect(code).toBe(0);
});

test('flags win over the environment, and that over the file', async () => {
  const file = join(folder, 'root.json');
  writeFileSync(file, JSON.stringify({ hostRoot: captured('healthy') }));
  const { stdout } = await runProgram(['--once', '--json', '--config', file]);
  expect(JSON.parse(stdout).memcg.dying).toBe(0);
  const fromEnv = await runProgram(['--once', '--json', '--config', file], {
    SLABTOP_K8S_HOST_ROOT: captured('incident'),
  });
  expect(JSON.parse(fromEnv.stdout).memcg.dying).toBe(19_896);
  const fromFlag = await runProgram(['--once', '--json', '--config', file, '--host-root', captured('after-drop')], {
    SLABTOP_K8S_HOST_ROOT: captured('incident'),
  });
  expect(JSON.parse(fromFlag.stdout).memcg.dying).toBeLessThan(10);
});

test('a snapshot is a new file of mode 0600, and never goes over another', async () => {
  const path = join(folder, 'ticket.md');
  const first = await runProgram(['snapshot', '-o', path, '--host-root', captured('incident')]);
  expect(first).toMatchObject({ code: 0, stdout: `${path}\n` });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const again = await runProgram(['snapshot', '-o', path, '--host-root', captured('incident')]);
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/a file of this name exists/);
});

test('a snapshot goes to standard output with -o -', async () => {
  const { code, stdout } = await runProgram([
    'snapshot',
    '-o',
    '-',
    '--format',
    'json',
    '--host-root',
    captured('incident'),
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).memcg.dying).toBe(19_896);
});

test('without a terminal the program prints a report', async () => {
  const { code, stdout } = await runProgram(['--host-root', captured('incident')]);
  expect(code).toBe(0);
  expect(stdout).toContain('19,896');
});

test('a folder that is no node gives reasons, not a crash', async () => {
  const { code, stdout } = await runProgram(['--once', '--json', '--host-root', folder]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).memcg.dying).toHaveProperty('unavailable');
});
