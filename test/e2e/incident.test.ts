import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { jsonOf, PROGRAM, runProgram } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { framesIn, unpack } from '../support/unpacked.ts';

const { path: top, remove } = makeFolder(tmpdir(), 'incident');
afterAll(remove);

const opened: Pty[] = [];
afterEach(() => {
  for (const pty of opened.splice(0)) pty.close();
});

function live(exportFolder: string, ...args: string[]): Pty {
  const env = { SLABTOP_K8S_EXPORT_FOLDER: exportFolder };
  const pty = openPty({ command: process.execPath, args: [PROGRAM, ...args], env, columns: 160, rows: 45 });
  opened.push(pty);
  return pty;
}

function newFolder(): string {
  return makeFolder(top, 'exports').path;
}

test('the live screen keeps an incident once, says so, and goes on', async () => {
  const folder = newFolder();
  const pty = live(folder, '--host-root', captured('incident'), '-d', '0.4', '--snapshot-on', 'critical');
  const notice = await pty.waitFor('.tar.gz');
  expect(notice.join('\n')).toMatch(/slabtop-k8s-node-sick-\d{8}T\d{6}Z\.tar\.gz/);
  pty.type('7');
  await pty.waitFor((screen) => screen.slice(2).some((line) => line.includes('written:')));
  pty.type('q');
  expect((await pty.exited).code).toBe(0);
  const names = readdirSync(folder);
  expect(names).toHaveLength(1);
  const path = join(folder, names[0] ?? '');
  const { files } = unpack(path);
  expect(framesIn(files.get('recording.slabrec') ?? Buffer.alloc(0)).length).toBeGreaterThan(1);
  expect((await jsonOf(['replay', path, '--once'])).memcg.dying).toBe(19_896);
});

test('a healthy node is not kept', async () => {
  const folder = newFolder();
  const pty = live(folder, '--host-root', captured('healthy'), '-d', '0.3', '--snapshot-on', 'critical');
  await pty.waitFor('OK');
  await new Promise((settle) => setTimeout(settle, 2000));
  pty.type('q');
  await pty.exited;
  expect(readdirSync(folder)).toEqual([]);
});

test('e writes the formats that are configured, redacted where that is asked for', async () => {
  const folder = newFolder();
  const pty = live(folder, '--host-root', captured('incident'), '--export-formats', 'bundle,svg', '--redact');
  await pty.waitFor('root 3.66 s');
  pty.type('2');
  await pty.waitFor('kmalloc-192');
  pty.type('e');
  await pty.waitFor('.svg');
  pty.type('q');
  await pty.exited;
  const names = readdirSync(folder).toSorted();
  expect(names).toEqual([expect.stringMatching(/^slabtop-k8s-node-1-.*\.svg$/), expect.stringMatching(/\.tar\.gz$/)]);
  const { files } = unpack(join(folder, names.find((name) => name.endsWith('.tar.gz')) ?? ''));
  const text = [...files.values()].map((bytes) => bytes.toString('latin1')).join('');
  expect(text).not.toContain('node-sick');
  expect(files.get('screen.svg')?.toString()).toContain('kmalloc-192');
});

test('record keeps an incident beside the recording', async () => {
  const folder = newFolder();
  const file = join(folder, 'node.slabrec');
  const args = ['record', file, '--host-root', captured('incident'), '-d', '0.4', '--snapshot-on', 'warning'];
  const { PATH } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { PATH, HOME: '/nonexistent', SLABTOP_K8S_EXPORT_FOLDER: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = new Promise<string>((settle) => {
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.includes('\n')) settle(text);
    });
  });
  const line = await said;
  expect(line).toMatch(/an incident was kept: .*\.tar\.gz/);
  const path = line.trim().split(': ').at(-1) ?? '';
  expect(existsSync(path)).toBe(true);
  const exited = new Promise((settle) => child.on('exit', settle));
  // What was done is recorded with the next sample.
  await new Promise((settle) => setTimeout(settle, 1500));
  child.kill('SIGINT');
  expect(await exited).toBe(0);
  expect((await jsonOf(['replay', path, '--once'])).overall).toBe('critical');
  expect((await jsonOf(['replay', file, '--once'])).events).toContainEqual(expect.objectContaining({ kind: 'export' }));
});

test.each([
  [['--snapshot-on', 'sometimes'], /--snapshot-on sometimes: one of critical, warning/],
  [['--export-formats', 'md,pdf'], /--export-formats md,pdf: one of md/],
  [['--snapshot-cooldown', '-1'], /--snapshot-cooldown -1: at least 0/],
])('%j is wrong usage', async (args, message) => {
  const { code, stderr } = await runProgram(['--once', ...args]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
