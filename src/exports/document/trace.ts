import { type Maybe, mapKnown } from '../../core/missing.ts';
import { traceSentences } from '../../format/trace-sentences.ts';
import type { StraceSummary } from '../../trace/strace-summary.ts';
import type { StraceTrace } from '../../trace/trace-counts.ts';
import { NO_TIMES } from '../../trace/trace-files.ts';
import type { Traced } from '../../trace/traced.ts';

/** A trace: the table of `strace -c`, what `-tt` showed, and what both mean. */
export function encodeTrace(traced: Traced) {
  return {
    origin: traced.origin,
    summary: mapKnown(traced.summary, encodeSummary),
    calls: mapKnown(traced.trace, encodeCalls),
    means: traceSentences(traced),
  };
}

function encodeSummary({ seconds, calls, errors, rows }: StraceSummary) {
  return {
    seconds,
    calls,
    errors,
    rows: rows.map((row) => ({
      call: row.call,
      seconds: row.seconds,
      sharePct: mapKnown(row.share, (share) => share * 100),
      calls: row.calls,
      errors: row.errors,
      secondsPerCall: mapKnown(row.microsecondsPerCall, (microseconds) => microseconds / 1e6),
    })),
  };
}

function encodeCalls(trace: StraceTrace) {
  const ofStamps = (value: number): Maybe<number> => (trace.stamped ? value : NO_TIMES);
  return {
    spanSeconds: ofStamps(trace.spanSeconds),
    threads: trace.threads,
    threadSeconds: ofStamps(trace.threadSeconds),
    waitingPct: ofStamps(trace.waitingShare * 100),
    otherCallsPct: ofStamps(trace.otherCallsShare * 100),
    rows: trace.calls.map(({ call, operation, waits, calls, errors, timeouts, seconds }) => ({
      call,
      operation,
      waits,
      calls,
      errors,
      timeouts,
      seconds,
    })),
    files: trace.files.map(({ name, opens, reads, readSeconds }) => ({ name, opens, reads, readSeconds })),
  };
}
