import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type BusyProcess, startBusyProcess } from '../support/busy-process.ts';
import { captured } from '../support/captures.ts';
import { atExit, makeFolder } from '../support/cleanup.ts';
import { jsonOf, PROGRAM, runProgram } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { whyNoStrace } from '../support/strace.ts';

const why = whyNoStrace();
if (why !== undefined) console.warn(`skipped, nothing can be traced: ${why}`);

const folder = makeFolder(tmpdir(), 'trace');
afterAll(folder.remove);

const env = { SLABTOP_K8S_LOCK_FILE: join(folder.path, 'lock') };

const opened: Pty[] = [];
afterEach(() => {
  for (const pty of opened.splice(0)) pty.close();
});

describe.skipIf(why !== undefined)('a real process under the real strace', () => {
  let busy: BusyProcess;
  beforeEach(async () => {
    busy = await startBusyProcess();
    onTestFinished(() => busy.end());
  });

  const traced = () => busy.tracers().every((tracer) => tracer > 0);

  /** What must hold after every end: all threads untraced, the process at work. */
  async function expectLeftAlone(): Promise<void> {
    expect(new Set(busy.tracers())).toEqual(new Set([0]));
    await busy.working();
  }

  /** The live screen with the question open, answered yes. */
  async function tracing(): Promise<Pty> {
    const pty = openPty({ command: process.execPath, args: [PROGRAM, '-p', String(busy.pid), '-d', '0.5'], env });
    opened.push(pty);
    await pty.waitFor('SLOWEST READ');
    pty.type('4');
    await pty.waitFor('STATE');
    await pty.waitFor((screen) => screen.some((line) => /\d+ % +\d+ +\S/.test(line)));
    pty.type('s');
    await pty.waitFor('[ Cancel ]');
    pty.type('\t');
    pty.type('\r');
    await pty.waitFor('Esc cancels');
    await until(traced);
    return pty;
  }

  test('on the screen: its table, sorted and filtered, and back to the threads', async () => {
    const pty = await tracing();
    const text = (await pty.waitFor('SYSTEM CALL', 60_000)).join('\n');
    expect(text).toContain(`strace of process ${busy.pid}`);
    expect(text).toMatch(/% was waiting/);
    await expectLeftAlone();
    pty.type('/');
    pty.type('futex\r');
    const calls = (screen: string[]) => screen.filter((line) => /^[ >]+\d+\.\d % +\d/.test(line));
    await pty.waitFor((screen) => calls(screen).length > 0 && calls(screen).every((line) => line.includes('futex')));
    pty.type('\x1b');
    await pty.waitFor((screen) => calls(screen).some((line) => line.endsWith('read')));
    pty.type('v');
    await pty.waitFor('STATE');
    pty.type('q');
    expect((await pty.exited).code).toBe(0);
  });

  test('on the screen: cancelled midway it runs on untraced', async () => {
    const pty = await tracing();
    pty.type('\x1b');
    await pty.waitFor('Cancelled; nothing was left running');
    await expectLeftAlone();
    pty.type('\x1b');
    pty.type('q');
    expect((await pty.exited).code).toBe(0);
  });

  test.each([
    ['q', 0],
    ['SIGTERM', 143],
  ] as const)('on the screen: %s midway leaves it untraced', async (end, code) => {
    const pty = await tracing();
    if (end === 'SIGTERM') pty.kill(end);
    else pty.type(end);
    expect((await pty.exited).code).toBe(code);
    await expectLeftAlone();
  });

  test('on the command line', async () => {
    const { trace } = await jsonOf(['trace', '-p', String(busy.pid), '--seconds', '2']);
    expect(trace.summary.rows.find(({ call }: { call: string }) => call === 'read').calls).toBeGreaterThan(10);
    expect(trace.calls.threads).toBeGreaterThanOrEqual(5);
    expect(trace.calls.waitingPct).toBeGreaterThan(0);
    await expectLeftAlone();
  });

  test('^C on the command line leaves it untraced', async () => {
    const { PATH } = process.env;
    const child = spawn(process.execPath, [PROGRAM, 'trace', '-p', String(busy.pid), '--seconds', '60'], {
      env: { PATH, HOME: '/nonexistent', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(atExit(() => child.kill('SIGKILL')));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await until(traced);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(said).toContain('half its speed');
    expect(said).toContain('Cancelled; nothing was left running.');
    await expectLeftAlone();
  });
});

describe('saved output of strace', () => {
  const saved = new URL('../fixtures/kubelet-1.20.2/strace-c.txt', import.meta.url).pathname;

  test('is read and explained', async () => {
    const { code, stdout } = await runProgram(['trace', '--from', saved]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/43\.0 % +1\.693703 +1160 +1,459 +317 +futex/);
    expect(stdout).toContain('317 of 1,459 futex calls ended with an error');
    const { trace } = await jsonOf(['trace', '--from', saved]);
    expect(trace.summary.rows[0]).toMatchObject({ call: 'futex', calls: 1459, errors: 317 });
    expect(trace.calls).toMatchObject({ unavailable: 'absent' });
  });

  test.each([
    ['something else', 'neither a table of strace -c nor a trace of strace -tt'],
    [
      '% time     seconds  usecs/call     calls    errors syscall\n 42.99    1.693703        1160      1459       317 futex\n',
      'torn',
    ],
  ])('%j is told to be what it is', async (text, said) => {
    const file = join(folder.path, `saved-${said.length}.txt`);
    writeFileSync(file, text);
    const { stdout, stderr } = await runProgram(['trace', '--from', file]);
    expect(stdout + stderr).toContain(said);
    expect(stdout + stderr).not.toMatch(/undefined|NaN|\[object/);
  });

  test('a file that is not there, and seconds that are none', async () => {
    expect(await runProgram(['trace', '--from', '/nonexistent/trace'])).toMatchObject({
      code: 1,
      stderr: 'slabtop-k8s: /nonexistent/trace: there is no such file.\n',
    });
    expect((await runProgram(['trace', '--seconds', '0.5'])).code).toBe(2);
  });
});

test('a fixture has nothing to trace, and says so', async () => {
  const { code, stderr } = await runProgram(['trace', '--host-root', captured('incident')]);
  expect(code).toBe(1);
  expect(stderr).toContain('nothing runs there');
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !holds(); tries += 1) await new Promise((settle) => setTimeout(settle, 50));
  expect(holds()).toBe(true);
}
