import type { Instant } from '../core/clock.ts';
import { isMissing, type Maybe, missing, REASONS } from '../core/missing.ts';
import { type ByteReader, type ByteWriter, DamagedBytes } from './bytes.ts';

const PLAIN = 0;
const WHOLE = 1;
const LATER = 2;

/** The largest number of milliseconds that a Date holds. */
const MOST_AT = 8.64e15;

/**
 * An instant: whole milliseconds and whole microseconds where it is that, as the step from the instant before it
 * where one is handed in and time went on, and else two 64-bit numbers. Instants are the part of a recording that
 * nothing compresses; this halves what they take.
 */
export function writeInstant(out: ByteWriter, instant: Instant, before?: Instant): void {
  const now = ticksOf(instant);
  if (now === undefined) {
    out.byte(PLAIN);
    out.real(instant.at);
    out.real(instant.monotonicSeconds);
    return;
  }
  const base = before === undefined ? undefined : ticksOf(before);
  const isLater = base !== undefined && now.milli >= base.milli && now.micro >= base.micro;
  out.byte(isLater ? LATER : WHOLE);
  out.whole(now.milli - (isLater ? base.milli : 0));
  out.whole(now.micro - (isLater ? base.micro : 0));
}

/** What {@link writeInstant} wrote; `before` is the one that it was given. */
export function readInstant(from: ByteReader, before?: Instant): Instant {
  const form = from.byte();
  if (form === PLAIN) return valid({ at: from.real(), monotonicSeconds: from.real() });
  const base = form === LATER && before !== undefined ? ticksOf(before) : { milli: 0, micro: 0 };
  if (form > LATER || base === undefined) throw new DamagedBytes('not an instant');
  return valid({ at: base.milli + from.whole(), monotonicSeconds: (base.micro + from.whole()) / 1e6 });
}

function ticksOf(instant: Instant): { milli: number; micro: number } | undefined {
  const milli = wholeAt(instant.at, 1);
  const micro = wholeAt(instant.monotonicSeconds, 1e6);
  return milli === undefined || micro === undefined ? undefined : { milli, micro };
}

/** Whether both clocks stand at a number, and the wall clock at one that a date can have. */
export function isInstant(instant: Instant): boolean {
  return Math.abs(instant.at) <= MOST_AT && Number.isFinite(instant.monotonicSeconds);
}

function valid(instant: Instant): Instant {
  if (isInstant(instant)) return instant;
  throw new DamagedBytes('an instant is not a number');
}

const REAL = 0;
const NANO = 1;
const REASON = 2;
const REASON_WITH_DETAIL = 3;

/**
 * A number of seconds or why there is none. The kernel and the clocks count whole nanoseconds, which take two to five
 * bytes; what is no such multiple takes its eight. A reason is written as its word, so that a new one needs nothing.
 */
export function writeQuantity(out: ByteWriter, value: Maybe<number>): void {
  if (isMissing(value)) {
    out.byte(value.detail === undefined ? REASON : REASON_WITH_DETAIL);
    out.text(value.unavailable);
    if (value.detail !== undefined) out.text(value.detail);
    return;
  }
  const nano = wholeAt(value, 1e9);
  if (nano === undefined) {
    out.byte(REAL);
    out.real(value);
  } else {
    out.byte(NANO);
    out.whole(nano);
  }
}

/** What {@link writeQuantity} wrote. */
export function readQuantity(from: ByteReader): Maybe<number> {
  const form = from.byte();
  if (form === REAL) return from.real();
  if (form === NANO) return from.whole() / 1e9;
  if (form > REASON_WITH_DETAIL) throw new DamagedBytes(`neither a number nor a reason: ${form}`);
  const word = from.text();
  const reason = REASONS.find((known) => known === word);
  if (reason === undefined) throw new DamagedBytes('unknown reason');
  return form === REASON ? missing(reason) : missing(reason, from.text());
}

/** How many times 1/`scale` a number is, where it is that exactly and comes back unchanged. */
function wholeAt(value: number, scale: number): number | undefined {
  const whole = Math.round(value * scale);
  const isExact = Number.isSafeInteger(whole) && whole >= 0 && !Object.is(whole, -0) && whole / scale === value;
  return isExact ? whole : undefined;
}
