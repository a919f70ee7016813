import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The whole program as the text that a thread of a single executable is started with. */
const PROGRAM_BUNDLE = 'slabtop-k8s.cjs';

/** What Node is started with; it loads the whole program, or the bundle of the sampler process. */
const START = 'slabtop-k8s-start.cjs';

/**
 * Starts this program again in one of its internal roles: a process group of its own, no terminal, nothing of our
 * environment but what Node needs. It is not waited for: quitting leaves it, and whatever is stuck ends by itself.
 */
export function startOwnProcess(role: string, errorLog: number | 'ignore'): ChildProcess {
  const { args, nodeOptions } = howToStart();
  // `ignore` opens /dev/null, which an empty root folder does not have; a pipe that is closed at once does as well.
  const nothing = existsSync('/dev/null') ? 'ignore' : 'pipe';
  const child = spawn(process.execPath, [...args, role], {
    stdio: [nothing, nothing, errorLog === 'ignore' ? nothing : errorLog, 'ipc'],
    detached: true,
    serialization: 'advanced',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TZ: process.env.TZ, NODE_OPTIONS: nodeOptions, ...MALLOC, ...POOL },
    cwd: '/',
  });
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe?.destroy();
  child.unref();
  child.channel?.unref();
  return child;
}

/** Starts this program again as a thread of this process, which tells its role by `workerData`. */
export function startOwnThread(workerData: unknown): Worker {
  if (!isSingleFile()) return new Worker(__filename, { workerData });
  const program = process.getBuiltinModule('node:sea').getAsset(PROGRAM_BUNDLE, 'utf8');
  return new Worker(program, { eval: true, workerData });
}

/**
 * For a program that does a few milliseconds of work a second; `bin/slabtop-k8s` gives the screen the same. Together
 * they take a quarter of what it costs away (measured), and Node 20, 22 and 24 know all of them:
 *
 * - No helper threads for collecting garbage and compiling.
 * - `predictable`: to V8 a program that allocates a megabyte a second is idle, so after every collection it gives the
 *   pages of the young generation back to the kernel and has them mapped, and faulted in, again. This flag and a
 *   smallest size keep them: a collection takes 2 ms instead of 4, and there are half as many. It also has Math.random
 *   say the same in every run, so that nothing here may use it.
 * - `memory-reducer` (which `predictable` switches off) and a small growth keep the old generation from filling with
 *   what has long been garbage.
 */
const NODE_FLAGS = [
  '--single-threaded',
  '--predictable',
  '--memory-reducer',
  '--min-semi-space-size=2',
  '--max-semi-space-size=2',
  '--heap-growing-percent=30',
  '--no-minor-gc-task',
];

/**
 * What is compiled is kept small in the children: 2 MiB less in the sampler process at no cost (medians of three). For
 * the screen's process, which draws, it has not been shown that it costs nothing.
 */
const CHILD_FLAGS = ['--optimize-for-size'];

/**
 * What glibc's malloc is told. By itself it keeps a heap for each of up to eight times as many threads as there are
 * CPUs, and keeps in them whatever large buffer was freed once; with one heap, and large buffers given back to the
 * kernel, a sampler process stays at 47 to 51 MiB through half an hour of faults where it grew to 62 (measured).
 */
const MALLOC = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '262144', MALLOC_TRIM_THRESHOLD_: '262144' };

/**
 * Threads of libuv's pool in a child. The sampler process needs two: one may hang in a slow read for seconds, and what
 * is recorded is compressed on the other meanwhile.
 */
const POOL = { UV_THREADPOOL_SIZE: '2' };

/** NODE_OPTIONS takes only some of Node's flags. */
const NODE_OPTIONS = '--max-semi-space-size=2 --v8-pool-size=1';

/**
 * What `process.execPath` has to be given. It is Node, or Node with this program inside (which takes Node's flags from
 * the environment only), or the loader in the folder of the relocatable archive: `exec` of the loader with Node as its
 * argument makes the loader the executable of the process.
 */
function howToStart(): { args: readonly string[]; nodeOptions: string | undefined } {
  if (isSingleFile()) return { args: [], nodeOptions: NODE_OPTIONS };
  const program = [...NODE_FLAGS, ...CHILD_FLAGS, join(__dirname, START)];
  if (process.execPath !== join(__dirname, 'ld-linux-x86-64.so.2')) return { args: program, nodeOptions: undefined };
  const loader = ['--inhibit-cache', '--library-path', __dirname, join(__dirname, 'node')];
  return { args: [...loader, ...program], nodeOptions: undefined };
}

/** In a single executable the script's name is that of the executable. */
function isSingleFile(): boolean {
  return __filename === process.execPath;
}

/** Runs a program of somebody else in this terminal until it ends; the answer is its exit code. */
export function runInTerminal(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((settle, reject) => {
    // ^C is the program's while it has the terminal.
    const ignore = (): void => {};
    process.on('SIGINT', ignore);
    const child = spawn(program, args, { stdio: 'inherit', env: environment });
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('SIGINT', ignore);
      settle(code ?? 1);
    });
  });
}
