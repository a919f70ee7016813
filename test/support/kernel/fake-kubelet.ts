import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, linkSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atExit, makeFolder } from '../cleanup.ts';

const KUBELET_LOOP = fileURLToPath(new URL('./kubelet-loop.mjs', import.meta.url));

/** A process that looks and behaves like a kubelet that reads `memory.stat`. */
interface FakeKubelet {
  readonly pid: number;
  /** Ends it and resolves when it is gone; also done at exit. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a process whose comm and argv[0] are kubelet's (or `name`) and whose argv has `flags` (argv[1] is its script).
 * It reads every file of `reads`, keeps each open for `holdMilliseconds` more, rests for `everyMilliseconds`, and so
 * on. It has `threads` threads of a pool (1 to 1,024) besides the ten or so of any Node. Resolves when it is named.
 */
export async function startFakeKubelet({
  reads = [],
  everyMilliseconds = 100,
  holdMilliseconds = 0,
  threads = 4,
  flags = ['--housekeeping-interval=10s'],
  name = 'kubelet',
}: {
  reads?: readonly string[];
  everyMilliseconds?: number;
  holdMilliseconds?: number;
  threads?: number;
  flags?: readonly string[];
  name?: string;
} = {}): Promise<FakeKubelet> {
  // comm and the target of /proc/PID/exe are both the last part of this path: a symbolic link would show the other.
  const folder = makeFolder(tmpdir(), 'kubelet');
  const executable = join(folder.path, name);
  linkOrCopy(realpathSync(process.execPath), executable);
  const child = spawn(executable, [KUBELET_LOOP, ...flags], {
    argv0: `/usr/bin/${name}`,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      UV_THREADPOOL_SIZE: String(threads),
      KUBELET_LOOP: JSON.stringify({ reads, everyMilliseconds, holdMilliseconds, name }),
    },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`could not start ${executable}`);
  const exited = once(child, 'exit');
  const kill = atExit(() => child.kill('SIGKILL'));
  const named = once(child.stdout, 'data');
  await Promise.race([named, exited.then(([code]) => Promise.reject(new Error(`it ended at once: ${code}`)))]);
  return {
    pid,
    async stop(signal = 'SIGKILL') {
      child.kill(signal);
      await exited;
      kill();
      folder.remove();
    },
  };
}

/** Another name for a program, without its 100 MB where both are on one file system. */
function linkOrCopy(program: string, name: string): void {
  try {
    linkSync(program, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    copyFileSync(program, name);
  }
}
