import { type Maybe, missing } from '../core/missing.ts';
import type { Issue, Parsed } from '../core/parsed.ts';
import { linesOf, visible } from './text-lines.ts';

/** One row of `strace -c`. */
export interface StraceSummaryRow {
  readonly call: string;
  /** System CPU time (without `-w`), or wall time (with it), over all calls. */
  readonly seconds: number;
  /** The part of `seconds` over all rows, 0 to 1; missing where strace counted no time at all. */
  readonly share: Maybe<number>;
  readonly calls: number;
  readonly errors: number;
  /** As strace printed it, in whole microseconds; `seconds` over `calls` where several tables were added up. */
  readonly microsecondsPerCall: Maybe<number>;
}

/** The table that `strace -c` prints when it ends. */
export interface StraceSummary {
  readonly rows: readonly StraceSummaryRow[];
  readonly seconds: number;
  readonly calls: number;
  readonly errors: number;
}

/**
 * Reads what `strace -c` printed, 4.x to 6.x; other lines (`Process 12 attached`, a trace before the table) are
 * ignored. Sums are made from the rows. Several tables in one text (one per ABI, or several runs) are added up.
 *
 * ```
 * % time     seconds  usecs/call     calls    errors syscall
 *  42.99    1.693703        1160      1459       317 futex
 * ```
 */
export function parseStraceSummary(text: string): Parsed<StraceSummary> {
  const found = new Map<string, Counted>();
  const issues: Issue[] = [];
  let tables = 0;
  let open = false;
  let at = 0;
  for (const line of linesOf(text)) {
    at++;
    if (HEAD.test(line)) {
      if (open) issues.push({ line: at, message: 'a table begins before the one above it has its total' });
      tables++;
      open = true;
      continue;
    }
    if (!open || RULE.test(line)) continue;
    if (TOTAL.test(line)) {
      open = false;
      continue;
    }
    const row = rowOf(line);
    if (row !== undefined) add(found, row);
    else if (issues.length < MOST_ISSUES)
      issues.push({ line: at, message: `not a row of the table: ${visible(line)}` });
  }
  if (open) issues.push({ line: 0, message: 'the table ends without its total: the output is torn' });
  if (tables === 0) {
    const message = 'no table of strace -c';
    return { value: missing('malformed', message), issues: [{ line: 0, message }] };
  }
  return { value: summed(found), issues };
}

/** `-U` chooses columns: `max-lat` is the slowest call. The name is always the last. */
const HEAD = /^% time +seconds +usecs\/call +calls +errors( +[a-z-]+-(?:lat|time))* +syscall\s*$/;
const RULE = /^[- ]*$/;
/** The total leaves out usecs/call before strace 5.0, so that its columns cannot be told apart by order. */
const TOTAL = /^ *(?:[\d.]+|-?nan) +[\d.]+ [\d. ]+ total *$/;

interface Counted {
  call: string;
  seconds: number;
  calls: number;
  errors: number;
  /** usecs/call as it stood in the table; of a row that was added up from several tables there is none. */
  printed: number | undefined;
}

/** A kernel has some 460 system calls; a hostile file could name any number. */
const MOST_ROWS = 2_000;
const MOST_ISSUES = 20;

/** Up to 15 digits a double holds exactly, and sums of them stay finite; no run counts that far. */
const SECONDS = /^\d{1,15}\.\d+$/;
const COUNT = /^\d{1,15}$/;

/** % time, seconds, usecs/call, calls, errors (blank where there were none), name. */
function rowOf(line: string): Counted | undefined {
  // Further columns stand between the errors and the name, and have points in them.
  const words = line.trim().split(/ +/);
  const plain = words.filter((word, index) => index < 4 || index === words.length - 1 || COUNT.test(word));
  const [share = '', seconds = '', perCall = '', calls = '', ...rest] = plain;
  const [errors = '0', call = ''] = rest.length === 1 ? ['0', rest[0]] : rest;
  const numbers = /^(?:\d+\.\d+|-?nan)$/.test(share) && SECONDS.test(seconds);
  if (!numbers || ![perCall, calls, errors].every((text) => COUNT.test(text))) return undefined;
  if (rest.length > 2 || !/^[a-z_]\w*(?:[@#]\w+)?$/i.test(call)) return undefined;
  const printed = Number(perCall);
  return { call, seconds: Number(seconds), calls: Number(calls), errors: Number(errors), printed };
}

function add(found: Map<string, Counted>, row: Counted): void {
  const known = found.get(row.call);
  if (known === undefined) {
    if (found.size < MOST_ROWS) found.set(row.call, row);
    return;
  }
  known.seconds += row.seconds;
  known.calls += row.calls;
  known.errors += row.errors;
  known.printed = undefined;
}

function summed(found: ReadonlyMap<string, Counted>): StraceSummary {
  const counted = [...found.values()];
  const sum = (of: (row: Counted) => number) => counted.reduce((total, row) => total + of(row), 0);
  const seconds = sum((row) => row.seconds);
  const rows = counted.map(({ printed, ...row }) => ({
    ...row,
    share: seconds > 0 ? row.seconds / seconds : missing('absent', 'strace counted no time'),
    microsecondsPerCall: printed ?? (row.calls > 0 ? (row.seconds * 1e6) / row.calls : missing('absent', 'no calls')),
  }));
  return { rows, seconds, calls: sum((row) => row.calls), errors: sum((row) => row.errors) };
}
