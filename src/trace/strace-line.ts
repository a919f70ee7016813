/**
 * One line of `strace -f`, with stamps of any kind or without.
 *
 * - `call`: a whole call, `entered` at `seconds`; `lasted` only with `-T`
 * - `begin`, `end`: the halves of a call during which other threads printed lines (`<unfinished ...>`, `resumed`)
 * - `signal`, `exit`: `--- SIGURG {...} ---`, `+++ exited with 0 +++`
 */
export type StraceLine = {
  /** 0 where strace prints no thread ids (without `-f`, or as long as there is one thread). */
  readonly thread: number;
  /**
   * What `seconds` counts from: `start`: midnight or 1970 (`-t`, `-tt`, `-ttt`); `line`: the line before (`-r`); `none`:
   * the line has no stamp.
   */
  readonly from: 'start' | 'line' | 'none';
  readonly seconds: number;
} & (
  | { readonly kind: 'call' | 'end'; readonly call: string; readonly text: string; readonly result: CallResult }
  | { readonly kind: 'begin'; readonly call: string; readonly text: string }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'exit' }
);

/** How a call ended. */
export interface CallResult {
  /** `ETIMEDOUT` and the like; empty for a call that succeeded. */
  readonly errno: string;
  /** What stands behind ` = `, for example a descriptor. */
  readonly value: string;
  /** Seconds spent in the call, from `-T`; absent without it. */
  readonly lasted?: number;
}

/** Reads one line; `unknown` for what is no call (strace's own messages), `torn` for half a line. */
export function parseStraceLine(line: string): StraceLine | 'unknown' | 'torn' {
  const rest = line.replace(JOURNAL, '');
  const head = HEAD.exec(rest);
  const stamp = head === null ? undefined : stampOf(head);
  const body = head === null ? rest : rest.slice(head[0].length);
  // Without a stamp any text could be a line of a trace: only what looks like one is taken for it.
  if (head === null || stamp === undefined || (stamp.from === 'none' && !SAMPLES_LIKE_A_CALL.test(body)))
    return 'unknown';
  const at = { thread: Number(head[1] ?? head[2] ?? 0), ...stamp };
  if (body.startsWith('---')) {
    const signal = /^--- (SIG\w+)/.exec(body)?.[1];
    return signal === undefined ? (body.endsWith('---') ? 'unknown' : 'torn') : { ...at, kind: 'signal', signal };
  }
  if (body.startsWith('+++')) return { ...at, kind: 'exit' };
  const resumed = /^<\.\.\. (\w+) resumed>/.exec(body);
  const call = resumed?.[1] ?? /^(\w+)\(/.exec(body)?.[1];
  if (call === undefined) return 'torn';
  const text = body.slice(resumed === null ? call.length + 1 : resumed[0].length);
  // `<detached ...>` stands where strace let go of a thread that was still inside its call.
  if (/<(?:unfinished|detached) \.\.\.>$/.test(body)) return { ...at, kind: 'begin', call, text };
  const result = resultOf(body);
  if (result === undefined) return 'torn';
  return { ...at, kind: resumed === null ? 'call' : 'end', call, text, result };
}

/** What the journal, or a log, puts before a line: `Nov 28 14:01:02 node-a strace[77]: `, or a date of RFC 3339. */
const JOURNAL = /^(?:[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}T\S{8,40}) \S{1,255} [^\s:]{1,64}: /;

/**
 * `[pid  12] ` or `12  ` with `-f`, then 11:21:23, 11:21:23.199886, 1764000000.199886, 0.000120 (`-r`) or nothing. What
 * has more digits is no thread and no time: of 400 a double makes Infinity.
 */
const HEAD =
  /^(?:\[pid +(\d{1,10})\] |(\d{1,10}) +(?=\S))?(?:(\d{2}):(\d{2}):(\d{2}(?:\.\d{1,15})?) | {0,20}(\d{1,15}\.\d{1,15}) )?/;

const SAMPLES_LIKE_A_CALL = /^(?:[a-z_]\w*\(|<\.\.\. \w+ resumed>|--- SIG|\+\+\+ )/;

/** No trace lasts so long, and no clock of today shows so little. */
const LONGEST_STEP_SECONDS = 1e7;

function stampOf(head: RegExpExecArray): Pick<StraceLine, 'from' | 'seconds'> {
  const [, , , hours, minutes, seconds, number] = head;
  if (hours !== undefined) {
    return { from: 'start', seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) };
  }
  if (number === undefined) return { from: 'none', seconds: 0 };
  return { from: Number(number) < LONGEST_STEP_SECONDS ? 'line' : 'start', seconds: Number(number) };
}

/** As many digits as in {@link HEAD}. */
const SECONDS = /^\d{1,15}\./;

/** `) = 0`, `) = -1 ETIMEDOUT (Connection timed out)`, `) = ? ERESTARTSYS (To be restarted)`, `<0.000012>` at the end. */
function resultOf(body: string): CallResult | undefined {
  const equals = body.lastIndexOf(' = ');
  if (equals < 0 || !/\)\s*$/.test(body.slice(0, equals))) return undefined;
  const result = body.slice(equals + 3);
  const errno = /^(?:-1|\?) (E[A-Z0-9_]+)\b/.exec(result)?.[1] ?? '';
  const lasted = / <(\d+\.\d+)>$/.exec(result)?.[1];
  const value = /^\S+/.exec(result)?.[0];
  if (value === undefined || (lasted !== undefined && !SECONDS.test(lasted))) return undefined;
  return lasted === undefined ? { errno, value } : { errno, value, lasted: Number(lasted) };
}
