import { type ChildProcess, execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { CALLS, ERRNOS, FAIL_FILES, type FailingPlace, failingPlace } from '../support/failing-place.ts';
import { PROGRAM, type Ran } from '../support/program.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'failing');
afterAll(remove);

/** What a command is started with, and the codes that it may end with. */
interface FailingCommand {
  readonly args: (files: string) => readonly string[];
  readonly codes: readonly number[];
}

const COMMANDS: readonly FailingCommand[] = [
  { args: () => ['--once'], codes: [0, 1, 2] },
  // A healthy node is never sick because a file could not be read.
  { args: () => ['check', '--timeout', '6'], codes: [0, 2] },
  { args: (files) => ['snapshot', '-o', join(files, 'snapshot.md')], codes: [0, 1, 2] },
  { args: (files) => ['record', join(files, 'recording'), '-d', '0.5'], codes: [0, 1, 2] },
];

/** So many are run at once: each waits more than it computes. */
const AT_ONCE = 5;

test.each(COMMANDS.map(({ args }, index) => [args('')[0] ?? '', index] as const))(
  'whatever file call fails, %s ends with one line or does what it is for',
  async (_, index) => {
    const command = COMMANDS[index];
    if (command === undefined) throw new Error('no command');
    for (let first = 0; first < CALLS.length; first += AT_ONCE) {
      const some = CALLS.slice(first, first + AT_ONCE);
      await Promise.all(
        some.map((call, n) => endsWell(command, call, ERRNOS[(first + n + index) % ERRNOS.length] ?? 'EIO')),
      );
    }
  },
  300_000,
);

async function endsWell(command: FailingCommand, call: string, errno: string): Promise<void> {
  const where = failingPlace(folder);
  const common = ['--host-root', captured('healthy'), '--log', join(where.files, 'log')];
  const { code, stdout, stderr } = await runFailing([...command.args(where.files), ...common], call, errno, where);
  const what = [call, errno, code, stderr];
  expect([...what, command.codes.includes(code)]).toEqual([...what, true]);
  expect([...what, /\n\s+at /.test(`${stdout}${stderr}`)]).toEqual([...what, false]);
  if (code !== 0) expect([...what, `${stdout}${stderr}`.trim() !== '']).toEqual([...what, true]);
  const left = readdirSync(where.files).filter((name) => name.startsWith('.slabtop') || name.endsWith('.lock'));
  const canRemove = !['unlinkSync', 'rmSync', 'lstatSync', 'every'].includes(call);
  if (canRemove) expect([...what, left]).toEqual([...what, []]);
}

/** Runs the program with one call failing from its beginning; SIGINT ends what would go on. */
async function runFailing(args: readonly string[], call: string, errno: string, where: FailingPlace): Promise<Ran> {
  writeFileSync(where.control, JSON.stringify({ call, errno }));
  const { PATH } = process.env;
  let ended = false;
  let child: ChildProcess | undefined;
  const running = new Promise<Ran>((settle) => {
    child = execFile(
      process.execPath,
      ['--require', FAIL_FILES, PROGRAM, ...args],
      { env: { PATH, HOME: where.files, FAIL_FILES: where.control }, cwd: where.files, timeout: 60_000 },
      (error, stdout, stderr) => {
        ended = true;
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        settle({ code, stdout, stderr });
      },
    );
  });
  if (args[0] === 'record') {
    // It listens to signals before its file is there; where no file can be, it has ended by then.
    for (let tries = 0; tries < 200 && !ended && !existsSync(join(where.files, 'recording')); tries += 1)
      await sleep(50);
    for (let tries = 0; tries < 40 && !ended; tries += 1) await sleep(50);
    child?.kill('SIGINT');
  }
  return running;
}
