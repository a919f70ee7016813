/**
 * One line of `strace -tt -f`.
 *
 * - `call`: a whole call, `entered` at `seconds`; `lasted` only with `-T`
 * - `begin`, `end`: the halves of a call during which other threads printed lines (`<unfinished ...>`, `resumed`)
 * - `signal`, `exit`: `--- SIGURG {...} ---`, `+++ exited with 0 +++`
 */
export type StraceLine = {
  /** 0 where strace prints no thread ids (without `-f`, or as long as there is one thread). */
  readonly thread: number;
  /** Seconds since midnight (`-t`, `-tt`), or since 1970 (`-ttt`). */
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

/** Reads one line; `unknown` for what has no time stamp (strace's own messages), `torn` for half a line. */
export function parseStraceLine(line: string): StraceLine | 'unknown' | 'torn' {
  const head = HEAD.exec(line);
  if (head === null) return 'unknown';
  const at = { thread: Number(head[1] ?? head[2] ?? 0), seconds: secondsOf(head) };
  const body = line.slice(head[0].length);
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

/**
 * `[pid  12] ` or `12  ` with `-f`, then 11:21:23, 11:21:23.199886 or 1764000000.199886. What has more digits is no
 * thread and no time: of 400 a double makes Infinity.
 */
const HEAD = /^(?:\[pid +(\d{1,10})\] |(\d{1,10}) +)?(?:(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)|(\d{1,15}\.\d+)) /;

function secondsOf(head: RegExpExecArray): number {
  const [, , , hours, minutes, seconds, epoch] = head;
  return epoch === undefined ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : Number(epoch);
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
