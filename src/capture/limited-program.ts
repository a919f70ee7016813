import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { findProgram } from './find-program.ts';
import { type CaptureProblem, codeOf, problem } from './problem.ts';

/** A program under `timeout`, which ends it whatever becomes of us. */
export interface LimitedProgram {
  readonly child: ChildProcess;
  /** The exit status of `timeout`: 124 when the time was up, 137 when it had to kill; or why nothing ran. */
  readonly ended: Promise<number | CaptureProblem>;
  /** Asks it to end, and makes it end two seconds later. */
  stop(): void;
}

/** What to run, and for how long. */
export interface Limits {
  /** GNU timeout, as {@link findTimeout} found it. */
  readonly timeout: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly stdio: readonly ('ignore' | 'pipe' | number)[];
  readonly seconds: number;
  /** How long it may take to end after the time is up; then it is killed. */
  readonly endSeconds: number;
}

/** What a stopped program is given before it is killed. */
const STOP_SECONDS = 2;

/**
 * Runs a program under `timeout --signal=INT --kill-after`, without a shell, in a session of its own: a lost terminal
 * does not reach it, and if we are killed `timeout` still ends it when its time is up. (A strace whose parent is
 * killed goes on tracing: measured.)
 */
export function startLimited(limits: Limits): LimitedProgram {
  const { timeout, program, args, environment, stdio, seconds, endSeconds } = limits;
  const child = spawn(
    timeout,
    ['--signal=INT', `--kill-after=${endSeconds}`, String(seconds), program, ...args],
    // A group of its own (that of its session), so that all of it can be killed at once.
    { stdio: [...stdio], env: environment, detached: true },
  );
  let killing: NodeJS.Timeout | undefined;
  const ended = new Promise<number | CaptureProblem>((resolve) => {
    child.once('error', (error) => resolve(problem('program-failed', `${program}: ${codeOf(error)}`)));
    child.once('exit', (code) => {
      clearTimeout(killing);
      // Nothing is left of the group, unless somebody killed `timeout` alone.
      signalGroup(child, 'SIGKILL');
      resolve(code ?? KILLED);
    });
  });
  return {
    child,
    ended,
    stop: () => {
      if (killing !== undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGINT');
      killing = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_SECONDS * 1000);
    },
  };
}

/** The exit status that shells and `timeout` give to what was killed: 128 + SIGKILL. */
export const KILLED = 137;

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** GNU timeout on PATH. Busybox has one with other options, which does not end what we start. */
export async function findTimeout(searchPath: string | undefined): Promise<string | CaptureProblem> {
  const timeout = findProgram('timeout', searchPath);
  if (timeout === undefined) return problem('no-timeout');
  const version = await new Promise<string>((resolve) => {
    const options = { env: {}, timeout: 5000, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 } as const;
    execFile(timeout, ['--version'], options, (error, stdout) => resolve(error === null ? stdout : ''));
  });
  return version.includes('coreutils') ? timeout : problem('timeout-not-gnu', timeout);
}
