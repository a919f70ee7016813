import { isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import type { Issue } from '../core/parsed.ts';
import { parseStraceSummary, type StraceSummary } from './strace-summary.ts';
import { parseStraceTrace } from './strace-trace.ts';
import type { StraceTrace } from './trace-counts.ts';

/** What strace told of a process. Either part can be missing, with its reason. */
export interface Traced {
  /** What was traced: `kubelet 1342`, or the path of a file. May hold any character. */
  readonly origin: string;
  /** The table of `strace -c`. */
  readonly summary: Maybe<StraceSummary>;
  /** What `strace -tt -f` showed, counted. */
  readonly trace: Maybe<StraceTrace>;
  /** Where the text of the trace was cut; left out where all of it was read. */
  readonly cutAtCharacters?: number;
  /** Lines that could not be read. */
  readonly issues: readonly Issue[];
}

/** The texts that strace wrote, or why it wrote none. */
export interface TraceTexts {
  readonly origin: string;
  readonly summary: Maybe<string>;
  readonly trace: Maybe<string>;
  /** Of the trace no more than this is read: 13 MB take a second (measured), in which a screen would stand still. */
  readonly mostCharacters: number;
}

/** Reads both texts. The trace is cut at a line's end. */
export function parseTraced({ origin, summary, trace, mostCharacters }: TraceTexts): Traced {
  const table = isMissing(summary) ? { value: summary, issues: [] } : parseStraceSummary(summary);
  const cut = !isMissing(trace) && trace.length > mostCharacters;
  const text = mapKnown(trace, (whole) => (cut ? whole.slice(0, whole.lastIndexOf('\n', mostCharacters) + 1) : whole));
  const calls = isMissing(text) ? { value: text, issues: [] } : parseStraceTrace(text);
  return {
    origin,
    summary: table.value,
    trace: calls.value,
    ...(cut ? { cutAtCharacters: mostCharacters } : {}),
    issues: [...table.issues, ...calls.issues],
  };
}

/** Reads a text that holds the table of `strace -c`, a trace of `strace -tt`, or both (`strace -C`). */
export function parseSavedTrace(text: string, origin: string): Maybe<Traced> {
  const traced = parseTraced({ origin, summary: text, trace: text, mostCharacters: Number.POSITIVE_INFINITY });
  const { summary, trace } = traced;
  // One of the two is enough; that the other is not in the file is no defect of it.
  const none = (what: string) => missing('absent', `${origin} holds no ${what}`);
  if (!isMissing(summary) && isMissing(trace)) {
    return { ...traced, trace: none('trace of strace -tt'), issues: parseStraceSummary(text).issues };
  }
  if (!isMissing(trace) && isMissing(summary)) {
    return { ...traced, summary: none('table of strace -c'), issues: parseStraceTrace(text).issues };
  }
  if (!isMissing(summary)) return traced;
  return missing('malformed', 'neither a table of strace -c nor a trace of strace -tt (or -ttt, with -f)');
}
