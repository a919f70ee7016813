import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { PROGRAM, type Ran } from '../support/program.ts';
import { openPty } from '../support/pty.ts';

const FAIL_FILES = fileURLToPath(new URL('../support/fail-files.cjs', import.meta.url));

const ERRNOS = ['ENOSPC', 'EROFS', 'EACCES', 'ENOTDIR', 'ENAMETOOLONG', 'EMFILE', 'EIO', 'EFBIG', 'EDQUOT'] as const;

/** Every way in which the program calls for a file; `spawn` stands for a limit of processes. */
const CALLS = [
  ...['accessSync', 'fstatSync', 'fsyncSync', 'linkSync', 'lstatSync', 'mkdtempSync', 'openSync', 'readSync'],
  ...['readdirSync', 'readlinkSync', 'realpathSync', 'renameSync', 'rmSync', 'statSync', 'statfsSync', 'unlinkSync'],
  ...['writeSync', 'open', 'appendFile', 'datasync', 'unlink', 'spawn', 'every'],
] as const;

const { path: folder, remove } = makeFolder(tmpdir(), 'failing');
afterAll(remove);

let count = 0;

/** A folder of its own for the files of a run, and a file beside it that says what fails. */
function place(): { readonly files: string; readonly control: string } {
  count += 1;
  return { files: makeFolder(folder, `run-${count}`).path, control: join(folder, `control-${count}`) };
}

/** Runs the program with one call failing from its beginning; SIGINT ends what would go on. */
function runFailing(
  args: readonly string[],
  call: string,
  errno: string,
  where: ReturnType<typeof place>,
): Promise<Ran> {
  writeFileSync(where.control, JSON.stringify({ call, errno }));
  const { PATH } = process.env;
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      ['--require', FAIL_FILES, PROGRAM, ...args],
      { env: { PATH, HOME: where.files, FAIL_FILES: where.control }, cwd: where.files, timeout: 60_000 },
      (error, stdout, stderr) => {
        clearTimeout(ending);
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        settle({ code, stdout, stderr });
      },
    );
    let ending = setTimeout(() => child.kill('SIGINT'), 45_000);
    if (args[0] !== 'record') return;
    // On a busy machine it takes its time until it listens to signals: it does when it says what it records.
    child.stderr?.once('data', () => {
      clearTimeout(ending);
      ending = setTimeout(() => child.kill('SIGINT'), 1500);
    });
  });
}

test('whatever file call fails, and with what: the screen goes on, answers keys, and exports when it can again', async () => {
  const { files, control } = place();
  const log = join(files, 'log');
  const unfinished = () => readdirSync(files).filter((name) => name.startsWith('.slabtop'));
  const args = ['--host-root', captured('incident'), '-d', '0.2', '--log', log, '--record', join(files, 'recording')];
  const pty = openPty({
    command: process.execPath,
    args: ['--require', FAIL_FILES, PROGRAM, ...args],
    env: { FAIL_FILES: control },
    cwd: files,
  });
  try {
    await pty.waitFor('19,896 dying');
    for (const errno of ERRNOS) {
      for (const call of CALLS) {
        writeFileSync(control, JSON.stringify({ call, errno }));
        pty.type('e');
        pty.type('2');
        await pty.waitFor('kmalloc-192');
        pty.type('1');
        await pty.waitFor('SLOWEST READ');
        await sleep(30);
        expect([errno, call, pty.inAlternateScreen]).toEqual([errno, call, true]);
      }
      rmSync(control);
    }
    await pty.waitFor('19,896 dying');
    const left = unfinished();
    for (const name of readdirSync(files)) if (/\.md$/.test(name)) rmSync(join(files, name));
    pty.type('e');
    await pty.waitFor(() => readdirSync(files).some((name) => name.endsWith('.md')));
    pty.type('q');
    expect(await pty.exited).toEqual({ code: 0, signal: 0 });
    const said = pty.bytes.toString();
    for (const words of ['no room is left on the disk', 'the file system is read-only', 'permission is denied']) {
      expect(`${said}${readFileSync(log, 'utf8')}`).toContain(words);
    }
    expect(said).not.toMatch(/\n\s+at /);
    // What could not be unlinked has stayed; what was written when it could be has not.
    expect(unfinished().filter((name) => !left.includes(name))).toEqual([]);
  } finally {
    pty.close();
  }
}, 300_000);

/** What each command is started with, and the codes that it may end with. */
const COMMANDS: readonly { readonly args: (files: string) => readonly string[]; readonly codes: readonly number[] }[] =
  [
    { args: () => ['--once'], codes: [0, 1, 2] },
    // A healthy node is never sick because a file could not be read.
    { args: () => ['check', '--timeout', '6'], codes: [0, 2] },
    { args: (files) => ['snapshot', '-o', join(files, 'snapshot.md')], codes: [0, 1, 2] },
    { args: (files) => ['record', join(files, 'recording'), '-d', '0.5'], codes: [0, 1, 2] },
  ];

test.each(COMMANDS.map(({ args }, index) => [args('')[0] ?? '', index] as const))(
  'whatever file call fails, %s ends with one line or does what it is for',
  async (_, index) => {
    const command = COMMANDS[index];
    if (command === undefined) throw new Error('no command');
    for (const [number, call] of CALLS.entries()) {
      const errno = ERRNOS[(number + index) % ERRNOS.length] ?? 'EIO';
      const where = place();
      const args = [
        ...command.args(where.files),
        '--host-root',
        captured('healthy'),
        '--log',
        join(where.files, 'log'),
      ];
      const { code, stdout, stderr } = await runFailing(args, call, errno, where);
      const what = [call, errno, code, stderr];
      expect([...what, command.codes.includes(code)]).toEqual([...what, true]);
      expect([...what, /\n\s+at /.test(`${stdout}${stderr}`)]).toEqual([...what, false]);
      if (code !== 0) expect([...what, `${stdout}${stderr}`.trim() !== '']).toEqual([...what, true]);
      const left = readdirSync(where.files).filter((name) => name.startsWith('.slabtop') || name.endsWith('.lock'));
      const canRemove = !['unlinkSync', 'rmSync', 'lstatSync', 'every'].includes(call);
      if (canRemove) expect([...what, left]).toEqual([...what, []]);
    }
  },
  300_000,
);
