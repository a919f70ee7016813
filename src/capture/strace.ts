import type { CaptureProgress } from '../core/capture-progress.ts';
import type { Clock } from '../core/clock.ts';
import { findStrace } from './find-strace.ts';
import { findTimeout, KILLED, startLimited } from './limited-program.ts';
import { type CaptureProblem, isProblem, problem } from './problem.ts';
import { isSeconds } from './seconds.ts';
import { explainRefusal, obstacleTo, readTracer, untraced } from './tracer.ts';
import { openUnnamedFile, type UnnamedFile } from './unnamed-file.ts';

/** What to trace, how long, and where things are. */
export interface StraceOptions {
  readonly pid: number;
  /** Column 22 of its `stat`: pids are used again, and another process must not be stopped in its place. */
  readonly startTicks: number;
  /** Whole seconds of `strace -c`. */
  readonly seconds: number;
  /** Whole seconds of `strace -tt` after it; 0 for none. */
  readonly traceSeconds: number;
  /** The `/proc` that this process itself lives in: strace knows no other. */
  readonly procFolder: string;
  readonly temporaryFolder: string;
  /** PATH. */
  readonly searchPath: string | undefined;
  /** Where the node's root is: in a debug pod the node's own strace is used if the image has none. */
  readonly hostRoot: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CaptureProgress) => void;
}

/** What strace wrote, whole lines only. */
interface StraceText {
  readonly text: string;
  /** What it was cut at; a trace of a busy process grows by 5 MB a second and more. */
  readonly cutAtBytes?: number;
  /** The process ended while it was traced. */
  readonly processEnded: boolean;
}

/** Both runs of strace. Each has its own text, or why it has none. */
export interface StraceCapture {
  /** `strace -c -f`: the table of calls. */
  readonly summary: StraceText | CaptureProblem;
  /** `strace -tt -T -f`: every call. `undefined` if none was asked for. */
  readonly trace: StraceText | CaptureProblem | undefined;
}

/**
 * Runs strace on a process: `-c` for a table of its calls, then `-tt` for a few seconds of every call. When this
 * returns nobody traces the process any more, and if we are killed meanwhile `timeout` sees to that. An abort ends it
 * at once, be it by `signal` in an exit handler.
 */
export async function runStrace(options: StraceOptions): Promise<StraceCapture | CaptureProblem> {
  const { pid, startTicks, seconds, traceSeconds, procFolder, searchPath, hostRoot, signal } = options;
  if (!isSeconds(seconds) || (traceSeconds !== 0 && !isSeconds(traceSeconds))) {
    return problem('bad-seconds', `${seconds}, ${traceSeconds}`);
  }
  const strace = findStrace(searchPath, hostRoot);
  if (strace === undefined) return problem('no-strace');
  const timeout = await findTimeout(searchPath);
  if (typeof timeout !== 'string') return timeout;
  const obstacle = obstacleTo(procFolder, pid, startTicks);
  if (obstacle !== undefined) return obstacle;

  const programs = { strace, timeout };
  const summary = await runPhase(SUMMARY, seconds, programs, options);
  if (isProblem(summary) && summary.problem !== 'no-end') return summary;
  if (traceSeconds === 0) return { summary, trace: undefined };
  if (signal.aborted) return { summary, trace: problem('cancelled') };
  return { summary, trace: await runPhase(TRACE, traceSeconds, programs, options) };
}

interface Phase {
  readonly phase: 'summary' | 'trace';
  readonly flags: readonly string[];
  readonly mostBytes: number;
  /** What strace may take to end. */
  readonly endSeconds: number;
}

/**
 * strace lets go of a thread only when it comes out of its system call, and prints its table after that. Killed two
 * seconds after its time a strace has no table wherever a read takes longer (measured), which is the sickness itself;
 * so it gets more than the 9 s of the worst read known. Threads that it has not let go of yet wait meanwhile.
 */
const SUMMARY: Phase = { phase: 'summary', flags: ['-c'], mostBytes: 1024 * 1024, endSeconds: 12 };

/** A trace is on disk line by line, so that nothing is lost by a kill; the threads are let go of all the same. */
const TRACE: Phase = { phase: 'trace', flags: ['-tt', '-T'], mostBytes: 32 * 1024 * 1024, endSeconds: 2 };

const LOOK_MILLISECONDS = 100;

async function runPhase(
  phase: Phase,
  seconds: number,
  programs: { readonly strace: readonly [string, ...string[]]; readonly timeout: string },
  options: StraceOptions,
): Promise<StraceText | CaptureProblem> {
  const output = openUnnamedFile(options.temporaryFolder);
  if (isProblem(output)) return output;
  const messages = openUnnamedFile(options.temporaryFolder);
  if (isProblem(messages)) {
    output.close();
    return messages;
  }
  try {
    return await trace(phase, seconds, programs, options, { output, messages });
  } finally {
    output.close();
    messages.close();
  }
}

async function trace(
  { phase, flags, mostBytes, endSeconds }: Phase,
  seconds: number,
  { strace, timeout }: { readonly strace: readonly [string, ...string[]]; readonly timeout: string },
  { pid, procFolder, searchPath, clock, signal, onProgress }: StraceOptions,
  { output, messages }: { readonly output: UnnamedFile; readonly messages: UnnamedFile },
): Promise<StraceText | CaptureProblem> {
  if (signal.aborted) return problem('cancelled');
  const run = startLimited({
    timeout,
    program: strace[0],
    args: [...strace.slice(1), ...flags, '-f', '-q', '-p', String(pid), '-o', `${procFolder}/self/fd/${OUTPUT}`],
    environment: { LC_ALL: 'C', ...(searchPath === undefined ? {} : { PATH: searchPath }) },
    stdio: ['ignore', 'ignore', messages.descriptor, output.descriptor],
    seconds,
    endSeconds,
  });
  signal.addEventListener('abort', run.stop, { once: true });
  const startedSeconds = clock.monotonic();
  const looking = setInterval(() => {
    const bytes = output.sizeBytes();
    if (bytes > mostBytes) run.stop();
    onProgress({ phase, elapsedSeconds: clock.monotonic() - startedSeconds, totalSeconds: seconds, bytes });
  }, LOOK_MILLISECONDS);
  const status = await run.ended;
  clearInterval(looking);
  signal.removeEventListener('abort', run.stop);

  const leftTraced = await untraced(procFolder, pid);
  if (leftTraced !== undefined) return leftTraced;
  if (signal.aborted) return problem('cancelled');
  if (typeof status !== 'number') return status;
  const processEnded = typeof readTracer(procFolder, pid) !== 'number';
  const cut = output.sizeBytes() > mostBytes;
  const text = wholeLines(output.read(mostBytes));
  if (text !== '') return { text, processEnded, ...(cut ? { cutAtBytes: mostBytes } : {}) };

  const said = messages.read(4096).split('\n')[0] ?? '';
  if (processEnded || /No such process/.test(said)) return problem('process-gone', `process ${pid}`);
  if (/not permitted|Permission denied|not implemented/.test(said)) return explainRefusal(procFolder, pid, said);
  if (status === KILLED) return problem('no-end', `${endSeconds} s after its time`);
  return problem('strace-failed', said === '' ? `status ${status}, and it said nothing` : said);
}

/** The place of the output's descriptor in the list above. */
const OUTPUT = 3;

/** A text that was cut ends within a line. */
function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
