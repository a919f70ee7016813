import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { atExit, makeFolder } from '../support/cleanup.ts';
import { runProgram } from '../support/program.ts';

/*
 * Without root the lock lies in a folder where others may write, and its name can be configured: what is there and is no
 * lock of this program stays as it is, is never followed, waited for or believed so far that the program ends.
 */

const { path: folder, remove } = makeFolder(tmpdir(), 'lock-file');
afterAll(remove);

const run = (lock: string) => runProgram(['--once', '--json'], { SLABTOP_K8S_LOCK_FILE: lock });

test.each(['precious', '', '{"pid":1}', '[]'])(
  'a file of somebody else that holds %j stays as it was',
  async (text) => {
    const lock = join(folder, 'precious');
    writeFileSync(lock, text);
    expect(await run(lock)).toMatchObject({ code: 0 });
    expect(readFileSync(lock, 'utf8')).toBe(text);
    expect(readdirSync(folder).filter((name) => name.startsWith('.slabtop-k8s-'))).toEqual([]);
  },
);

test('a lock of ours whose holder is no more is taken, and given back at the end', async () => {
  const lock = join(folder, 'left');
  writeFileSync(lock, '{"pid":4194304,"startTicks":1,"sinceEpochMs":0,"budgetPct":2,"reads":[]}');
  expect(await run(lock)).toMatchObject({ code: 0 });
  await expect.poll(() => existsSync(lock)).toBe(false);
});

test('a symbolic link in its place stays, and what it leads to, too', async () => {
  const [lock, mine] = [join(folder, 'link'), join(folder, 'mine')];
  writeFileSync(mine, 'mine');
  symlinkSync(mine, lock);
  expect(await run(lock)).toMatchObject({ code: 0 });
  expect(lstatSync(lock).isSymbolicLink()).toBe(true);
  expect(readFileSync(mine, 'utf8')).toBe('mine');
});

test('a folder in its place stays, and does not keep the program from its work', async () => {
  const lock = join(folder, 'folder');
  mkdirSync(lock);
  expect(await run(lock)).toMatchObject({ code: 0 });
  expect(lstatSync(lock).isDirectory()).toBe(true);
});

test('a FIFO in its place is not waited for', async () => {
  const lock = join(folder, 'fifo');
  execFileSync('mkfifo', [lock]);
  // Whoever waits there is let go: a sampler process outlives the program that started it.
  const letGo = () => closeSync(openSync(lock, constants.O_RDWR | constants.O_NONBLOCK));
  const late = setTimeout(letGo, 15_000);
  onTestFinished(() => clearTimeout(late));
  const before = performance.now();
  expect(await run(lock)).toMatchObject({ code: 0 });
  expect(performance.now() - before).toBeLessThan(10_000);
});

test.each(['1e300', '8.65e15', '1e999', '-1e999'])('a holder that runs and says that it read at %s', async (number) => {
  const holder = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(atExit(() => holder.kill('SIGKILL')));
  await once(holder, 'spawn');
  const stat = readFileSync(`/proc/${holder.pid}/stat`, 'utf8');
  const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3];
  const read = `{"path":"/","file":"memory.stat","wallSeconds":9,"atEpochMs":${number}}`;
  const lock = join(folder, `holder${number}`);
  writeFileSync(
    lock,
    `{"pid":${holder.pid},"startTicks":${startTicks},"sinceEpochMs":0,"budgetPct":2,"reads":[${read}]}`,
  );
  const { code, stdout, stderr } = await run(lock);
  expect({ code, stderr: stderr.slice(0, 200) }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ schema: 'slabtop-k8s/1' });
});
