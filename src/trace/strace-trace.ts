import { missing } from '../core/missing.ts';
import type { Issue, Parsed } from '../core/parsed.ts';
import { parseStraceLine, type StraceLine } from './strace-line.ts';
import { linesOf, visible } from './text-lines.ts';
import { type StraceTrace, TraceCounts } from './trace-counts.ts';

/**
 * Counts what `strace -f` printed, with stamps (`-t`, `-tt`, `-ttt`, `-r`) or without, with and without `-T`, behind the
 * prefixes of a journal too. A call in one line has no duration
 * without `-T`: it is taken to last until the next line, which strace cannot have written before it ended. So times
 * of calls that do not wait are upper limits.
 */
export function parseStraceTrace(text: string): Parsed<StraceTrace> {
  const counts = new TraceCounts();
  const issues: Issue[] = [];
  let at = 0;
  let last: WholeCall | undefined;
  for (const line of linesOf(text)) {
    at++;
    const parsed = parseStraceLine(line);
    if (parsed === 'unknown') continue;
    if (parsed === 'torn') {
      if (issues.length < MOST_ISSUES) issues.push({ line: at, message: `half a line: ${visible(line)}` });
      continue;
    }
    counts.watch(parsed);
    if (last !== undefined) counts.ended(last, last.result, lastedUntil(last, counts.now), last.entered);
    last = parsed.kind === 'call' ? { ...parsed, entered: counts.now } : undefined;
    if (parsed.kind !== 'call') counts.take(parsed);
  }
  if (last !== undefined) counts.ended(last, last.result, last.result.lasted ?? 0, last.entered);
  if (counts.threads === 0) {
    const message = 'no line of strace -f';
    return { value: missing('malformed', message), issues: [{ line: 0, message }] };
  }
  return { value: counts.trace(), issues };
}

type WholeCall = Extract<StraceLine, { kind: 'call' | 'end' }> & { readonly entered: number };

function lastedUntil(call: WholeCall, next: number): number {
  return call.result.lasted ?? Math.max(0, next - call.entered);
}

const MOST_ISSUES = 20;
