import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { isProblem } from '../../src/capture/problem.ts';
import { problemText } from '../../src/capture/problem-text.ts';
import { runStrace, type StraceOptions } from '../../src/capture/strace.ts';
import { isMissing } from '../../src/core/missing.ts';
import { parseStraceSummary } from '../../src/trace/strace-summary.ts';
import { parseStraceTrace } from '../../src/trace/strace-trace.ts';
import { type BusyProcess, startBusyProcess } from '../support/busy-process.ts';
import { atExit, makeFolder } from '../support/cleanup.ts';
import { whyNoStrace, whyNotRun } from '../support/strace.ts';

const why = whyNoStrace();
if (why !== undefined) console.warn(`skipped, nothing can be traced: ${why}`);
const withStrace = test.skipIf(why !== undefined);
const noPython = whyNotRun('python3', ['--version']);
if (noPython !== undefined) console.warn(`skipped, no thread can be made to stay in one call: ${noPython}`);
const withPython = test.skipIf(why !== undefined || noPython !== undefined);

const folder = makeFolder(tmpdir(), 'strace');
afterAll(folder.remove);

let busy: BusyProcess;
let temporaryFolder: string;

beforeEach(async () => {
  temporaryFolder = join(folder.path, String(Math.random()));
  mkdirSync(temporaryFolder);
  busy = await startBusyProcess();
  onTestFinished(() => busy.end());
});

function options(changes: Partial<StraceOptions> = {}): StraceOptions {
  return {
    pid: busy.pid,
    startTicks: busy.startTicks,
    seconds: 1,
    traceSeconds: 0,
    procFolder: '/proc',
    temporaryFolder,
    searchPath: process.env.PATH,
    hostRoot: '/',
    clock: { now: () => Date.now(), monotonic: () => performance.now() / 1000 },
    signal: new AbortController().signal,
    onProgress: () => {},
    ...changes,
  };
}

/** What must hold after every end: all threads untraced, the process at work, no file left. */
async function expectLeftAlone(): Promise<void> {
  expect(new Set(busy.tracers())).toEqual(new Set([0]));
  await busy.working();
  expect(readdirSync(temporaryFolder)).toEqual([]);
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come about within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

withStrace('a table and a trace, which the parsers read', async () => {
  const phases = new Set<string>();
  const result = await runStrace(
    options({ seconds: 2, traceSeconds: 1, onProgress: ({ phase }) => phases.add(phase) }),
  );
  if (isProblem(result)) throw new Error(problemText(result));
  const { summary, trace } = result;
  if (isProblem(summary) || trace === undefined || isProblem(trace)) throw new Error(JSON.stringify(result));
  const table = parseStraceSummary(summary.text);
  if (isMissing(table.value)) throw new Error(summary.text);
  expect(table.issues).toEqual([]);
  expect(table.value.rows.map((row) => row.call)).toEqual(expect.arrayContaining(['read', 'openat', 'close']));
  const calls = parseStraceTrace(trace.text);
  if (isMissing(calls.value)) throw new Error(trace.text.slice(0, 1000));
  expect(calls.issues).toEqual([]);
  expect(calls.value.threads).toBeGreaterThanOrEqual(5);
  expect(calls.value.calls.find(({ call }) => call === 'read')?.calls).toBeGreaterThan(10);
  expect([...phases]).toEqual(['summary', 'trace']);
  await expectLeftAlone();
});

withStrace('cancelled midway', async () => {
  const cancel = new AbortController();
  const running = runStrace(options({ seconds: 60, traceSeconds: 5, signal: cancel.signal }));
  await until(() => busy.tracers().every((tracer) => tracer > 0));
  cancel.abort();
  expect(await running).toEqual({ problem: 'cancelled', detail: '' });
  await expectLeftAlone();
});

withStrace('cancelled during the trace, which leaves the table', async () => {
  const cancel = new AbortController();
  const result = await runStrace(
    options({
      traceSeconds: 60,
      signal: cancel.signal,
      onProgress: ({ phase, bytes }) => {
        if (phase === 'trace' && bytes > 0) cancel.abort();
      },
    }),
  );
  if (isProblem(result)) throw new Error(problemText(result));
  expect(isProblem(result.summary)).toBe(false);
  expect(result.trace).toEqual({ problem: 'cancelled', detail: '' });
  await expectLeftAlone();
});

withStrace('cancelled before it began', async () => {
  expect(await runStrace(options({ signal: AbortSignal.abort() }))).toEqual({ problem: 'cancelled', detail: '' });
});

let program: string;

beforeAll(() => {
  const build = fileURLToPath(new URL('../../src/packaging/build.mjs', import.meta.url));
  const entry = fileURLToPath(new URL('../capture/strace-program.ts', import.meta.url));
  program = join(folder.path, 'strace-program.cjs');
  execFileSync(process.execPath, [build, '--entry', entry, '--outfile', program]);
});

withStrace.each(['SIGKILL', 'SIGHUP'] as const)('we are ended by %s midway', async (signal) => {
  const us = spawn(process.execPath, [program, `${busy.pid}`, `${busy.startTicks}`, '3', temporaryFolder], {
    stdio: 'ignore',
  });
  onTestFinished(atExit(() => us.kill('SIGKILL')));
  await until(() => busy.tracers().every((tracer) => tracer > 0));
  us.kill(signal);
  await once(us, 'exit');
  await until(() => busy.tracers().every((tracer) => tracer === 0));
  await expectLeftAlone();
});

withStrace('the process ends while it is traced', async () => {
  const running = runStrace(options({ seconds: 30 }));
  await until(() => busy.tracers().every((tracer) => tracer > 0));
  busy.end();
  const result = await running;
  if (isProblem(result)) throw new Error(problemText(result));
  expect(result.summary).toMatchObject({ processEnded: true, text: expect.stringContaining('% time') });
});

withStrace('another tracer is there first', async () => {
  const other = spawn('strace', ['-f', '-q', '-o', '/dev/null', '-p', String(busy.pid)], { stdio: 'ignore' });
  const exited = once(other, 'exit');
  onTestFinished(atExit(() => other.kill('SIGKILL')));
  await until(() => busy.tracers().every((tracer) => tracer > 0));
  const result = await runStrace(options());
  expect(result).toEqual({ problem: 'already-traced', detail: `process ${other.pid} (strace)` });
  other.kill('SIGINT');
  await exited;
  await expectLeftAlone();
});

withStrace('a process that is gone, and one that has another start time', async () => {
  expect(await runStrace(options({ startTicks: 1 }))).toMatchObject({ problem: 'process-gone' });
  busy.end();
  await once(busy.child, 'exit');
  expect(await runStrace(options())).toEqual({ problem: 'process-gone', detail: `process ${busy.pid}` });
});

withPython('a thread that stays inside one call is let go of by force', async () => {
  // The child of a vfork waits for a writer of the FIFO; until then the thread that made it waits where no tracer can
  // stop it. It holds Python's lock, for which the other thread waits 5 ms at a time.
  const fifo = join(folder.path, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const script = `
import os, threading, time
file_actions = [(os.POSIX_SPAWN_OPEN, 0, ${JSON.stringify(fifo)}, os.O_RDONLY, 0)]
def stay():
    time.sleep(0.2)
    os.posix_spawn('/bin/true', ['true'], {}, file_actions=file_actions)
threading.Thread(target=stay, daemon=True).start()
print('.', flush=True)
while True: time.sleep(0.01)
`;
  const stuck = spawn('python3', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const { pid } = stuck;
  if (pid === undefined) throw new Error('python3 did not start');
  onTestFinished(atExit(() => process.kill(-pid, 'SIGKILL')));
  await once(stuck.stdout, 'data');
  const tasks = () => readdirSync(`/proc/${pid}/task`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const stat = execFileSync('cat', [`/proc/${pid}/stat`], { encoding: 'utf8' });
  const startTicks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  const result = await runStrace(options({ pid, startTicks, traceSeconds: 1 }));
  if (isProblem(result)) throw new Error(problemText(result));
  expect(result.summary).toMatchObject({ problem: 'no-end' });
  expect(result.trace).toMatchObject({ processEnded: false, text: expect.stringContaining('futex') });
  expect(tasks()).toHaveLength(2);
});

withStrace("where PATH has no strace, the node's own is used, at the node's root", async () => {
  const bin = join(folder.path, 'debug-image');
  mkdirSync(bin);
  for (const name of ['timeout', 'chroot']) {
    const places = (process.env.PATH ?? '').split(':').map((place) => join(place, name));
    symlinkSync(places.find((path) => existsSync(path)) ?? 'not here', join(bin, name));
  }
  // Our root by another path, as a debug pod has the node's at /host.
  const result = await runStrace(options({ searchPath: bin, hostRoot: '/proc/self/root' }));
  if (isProblem(result) || isProblem(result.summary)) throw new Error(JSON.stringify(result));
  expect(isMissing(parseStraceSummary(result.summary.text))).toBe(false);
  await expectLeftAlone();
  expect(await runStrace(options({ searchPath: bin, hostRoot: folder.path }))).toEqual({
    problem: 'no-strace',
    detail: '',
  });
});

test('without strace, and without a timeout that can be relied on', async () => {
  const bin = join(folder.path, 'bin');
  mkdirSync(bin);
  expect(await runStrace(options({ searchPath: bin }))).toEqual({ problem: 'no-strace', detail: '' });
  const fake = (name: string, says: string) =>
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${says}"\n`, { mode: 0o755 });
  fake('strace', 'never run');
  expect(await runStrace(options({ searchPath: bin }))).toEqual({ problem: 'no-timeout', detail: '' });
  fake('timeout', 'BusyBox v1.36.1 multi-call binary.');
  expect(await runStrace(options({ searchPath: bin }))).toMatchObject({ problem: 'timeout-not-gnu' });
  // Relative folders are none of ours to look into.
  expect(await runStrace(options({ searchPath: '.:bin' }))).toEqual({ problem: 'no-strace', detail: '' });
});

test('what strace says is explained by what the kernel shows', async () => {
  const bin = join(folder.path, 'refused');
  mkdirSync(bin);
  const timeout = (process.env.PATH ?? '').split(':').map((place) => join(place, 'timeout'));
  symlinkSync(timeout.find((path) => existsSync(path)) ?? 'no timeout here', join(bin, 'timeout'));
  const says = (text: string) =>
    writeFileSync(join(bin, 'strace'), `#!/bin/sh\necho "strace: ${text}" >&2\nexit 1\n`, { mode: 0o755 });
  const proc = fakeProc();
  const asked = options({ searchPath: bin, procFolder: proc.path, pid: 7, startTicks: 42 });
  const eperm = 'attach: ptrace(PTRACE_SEIZE, 7): Operation not permitted';

  says(eperm);
  proc.write('self/status', 'CapEff:\t00000000a80425fb\nSeccomp:\t2\n');
  expect(await runStrace(asked)).toEqual({ problem: 'no-capability', detail: '' });
  proc.write('self/status', 'CapEff:\t000001ffffffffff\nSeccomp:\t2\n');
  expect(await runStrace(asked)).toEqual({ problem: 'blocked-by-seccomp', detail: '' });
  proc.write('self/status', 'CapEff:\t000001ffffffffff\nSeccomp:\t0\n');
  expect(await runStrace(asked)).toEqual({ problem: 'tracing-denied', detail: `strace: ${eperm}` });
  proc.write('sys/kernel/yama/ptrace_scope', '3\n');
  expect(await runStrace(asked)).toEqual({ problem: 'tracing-switched-off', detail: '' });
  says('attach: ptrace(PTRACE_SEIZE, 7): Function not implemented');
  expect(await runStrace(asked)).toEqual({ problem: 'blocked-by-seccomp', detail: '' });
  says('Cannot find executable');
  expect(await runStrace(asked)).toEqual({ problem: 'strace-failed', detail: 'strace: Cannot find executable' });
});

test('an output that grows for ever is cut, in whole lines', async () => {
  const bin = join(folder.path, 'endless');
  mkdirSync(bin);
  const proc = fakeProc();
  const asked = options({ procFolder: proc.path, pid: 7, startTicks: 42, seconds: 20 });
  writeFileSync(join(bin, 'strace'), '#!/bin/sh\nexec yes "a line of some length" >&3\n', { mode: 0o755 });
  const result = await runStrace({ ...asked, searchPath: `${bin}:${process.env.PATH}` });
  if (isProblem(result) || isProblem(result.summary)) throw new Error(JSON.stringify(result));
  expect(result.summary.cutAtBytes).toBe(1024 * 1024);
  expect(result.summary.text.length).toBeLessThanOrEqual(1024 * 1024);
  expect(result.summary.text.endsWith('a line of some length\n')).toBe(true);
});

test('a tracer is given a path and a language, and nothing else of our environment', async () => {
  const bin = join(folder.path, 'environment');
  mkdirSync(bin);
  writeFileSync(join(bin, 'strace'), "#!/bin/sh\ntr '\\0' '\\n' < /proc/$$/environ >&3\n", { mode: 0o755 });
  process.env.SECRET = 'of-the-user';
  onTestFinished(() => void delete process.env.SECRET);
  const asked = options({ procFolder: fakeProc().path, pid: 7, startTicks: 42 });
  const searchPath = `${bin}:/usr/bin:/bin`;
  const result = await runStrace({ ...asked, searchPath });
  if (isProblem(result) || isProblem(result.summary)) throw new Error(JSON.stringify(result));
  expect(result.summary.text.trim().split('\n').toSorted()).toEqual(['LC_ALL=C', `PATH=${searchPath}`]);
});

test('no folder for the output, and seconds that are none', async () => {
  const missing = join(folder.path, 'nowhere');
  const proc = fakeProc();
  const asked = options({ procFolder: proc.path, pid: 7, startTicks: 42 });
  if (why === undefined) {
    const result = await runStrace({ ...asked, temporaryFolder: missing });
    expect(result).toEqual({ problem: 'no-temporary-file', detail: `${missing}: ENOENT` });
  }
  for (const seconds of [0, 1.5, -1, 601, Number.NaN]) {
    expect(await runStrace(options({ seconds }))).toMatchObject({ problem: 'bad-seconds' });
  }
});

/** A `/proc` with one untraced process. */
function fakeProc(): { path: string; write: (file: string, text: string) => void } {
  const path = join(temporaryFolder, 'proc');
  const write = (file: string, text: string) => {
    mkdirSync(join(path, file, '..'), { recursive: true });
    writeFileSync(join(path, file), text);
  };
  write('7/status', 'Name:\tkubelet\nTracerPid:\t0\n');
  write('7/stat', `7 (kube (let) S 1${' 0'.repeat(17)} 42 0 0\n`);
  return { path, write };
}
