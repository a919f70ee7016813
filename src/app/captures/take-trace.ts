import { tmpdir } from 'node:os';
import { isProblem } from '../../capture/problem.ts';
import { problemText } from '../../capture/problem-text.ts';
import { runStrace, type StraceCapture } from '../../capture/strace.ts';
import type { CaptureProgress } from '../../core/capture-progress.ts';
import { type Maybe, missing } from '../../core/missing.ts';
import { systemClock } from '../../host/live-host.ts';
import { parseTraced, type Traced } from '../../trace/traced.ts';

/** Which process to trace, how long, and how much of the trace to read. */
export interface TraceRequest {
  readonly pid: number;
  readonly startTicks: number;
  /** Of `strace -c`. */
  readonly seconds: number;
  readonly mostCharacters: number;
  /** Where the node's root is. */
  readonly hostRoot: string;
}

/** A trace of every call grows by some MB a second, and slows more than counting does: it is short. */
const TRACE_SECONDS = 2;

/** Runs strace and reads what it wrote; where that cannot be done, a sentence that names the way out. */
export async function takeTrace(
  { pid, startTicks, seconds, mostCharacters, hostRoot }: TraceRequest,
  watched: { readonly signal: AbortSignal; readonly onProgress: (progress: CaptureProgress) => void },
): Promise<Traced | { readonly failed: string }> {
  const captured = await runStrace({
    pid,
    startTicks,
    seconds,
    traceSeconds: Math.min(TRACE_SECONDS, seconds),
    // strace knows only the /proc that it lives in, whatever the node's root is.
    procFolder: '/proc',
    temporaryFolder: tmpdir(),
    searchPath: process.env.PATH,
    hostRoot,
    clock: systemClock,
    ...watched,
  });
  if (isProblem(captured)) return { failed: problemText(captured) };
  if (isCancelled(captured)) return { failed: problemText({ problem: 'cancelled', detail: '' }) };
  return parseTraced({
    origin: `process ${pid}`,
    summary: textOf(captured.summary),
    trace: textOf(captured.trace),
    mostCharacters,
  });
}

/** Cancelled before there was anything to show. */
function isCancelled({ summary, trace }: StraceCapture): boolean {
  return isProblem(summary) && trace !== undefined && isProblem(trace) && trace.problem === 'cancelled';
}

function textOf(captured: StraceCapture['summary'] | StraceCapture['trace']): Maybe<string> {
  if (captured === undefined) return missing('disabled');
  return isProblem(captured) ? missing('failed', problemText(captured)) : captured.text;
}
