/**
 * Why a value is not there. The word reaches the pane, the JSON document and the verdict unchanged.
 *
 * - `absent`: this kernel or node has no such file or row
 * - `denied`: it is there, and we may not read it
 * - `gone`: it was there, and went away while we read (a process ended, a cgroup was removed)
 * - `disabled`: switched off by an option, here or in the kernel
 * - `unsupported`: the file is there, but this kernel does not maintain the value
 * - `malformed`: the text does not have the form that the kernel documents
 * - `failed`: the kernel answered with an error that is none of the above; `detail` names it
 * - `warming-up`: a rate or a first slow read is not there yet
 * - `counter-reset`: a counter went back, so that there is no rate over this interval
 * - `stale`: the last value is too old to stand for now
 * - `partial`: only a part of what it is about can be seen from here, or has been seen so far
 */
export const REASONS = [
  'absent',
  'denied',
  'gone',
  'disabled',
  'unsupported',
  'malformed',
  'failed',
  'warming-up',
  'counter-reset',
  'stale',
  'partial',
] as const;

/** One of {@link REASONS}. */
export type Reason = (typeof REASONS)[number];

/** A value that could not be had, in its place: the JSON document prints it as it stands here. */
export interface Missing {
  readonly unavailable: Reason;
  /** What a person can do with: a path, an errno, a hint. One line, no control characters. */
  readonly detail?: string;
}

/** A value, or why there is none. `null`, `NaN`, `-1` and `'n/a'` never mean "no data" in this program. */
export type Maybe<T> = T | Missing;

/** Makes a {@link Missing}. */
export function missing(unavailable: Reason, detail?: string): Missing {
  return detail === undefined ? { unavailable } : { unavailable, detail };
}

/** A value that comes with the next samples, and needs no other word. */
export const NOT_YET = missing('warming-up');

/** Tells a {@link Missing} from a value. */
export function isMissing(value: unknown): value is Missing {
  return typeof value === 'object' && value !== null && 'unavailable' in value;
}

/** Tells a value from a {@link Missing}; the form that array filters need. */
export function isKnown<T>(value: Maybe<T>): value is T {
  return !isMissing(value);
}

/** Applies `change` to a value that is there; a reason passes through. */
export function mapKnown<T, U>(value: Maybe<T>, change: (known: T) => Maybe<U>): Maybe<U> {
  return isMissing(value) ? value : change(value);
}

/** Joins two values; the first reason met passes through. */
export function bothKnown<A, B, U>(a: Maybe<A>, b: Maybe<B>, join: (a: A, b: B) => Maybe<U>): Maybe<U> {
  if (isMissing(a)) return a;
  if (isMissing(b)) return b;
  return join(a, b);
}

/** The value, or `otherwise` where a reason stands; for sorting and drawing only, never for a report. */
export function knownOr<T, U>(value: Maybe<T>, otherwise: U): T | U {
  return isMissing(value) ? otherwise : value;
}
