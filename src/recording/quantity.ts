import { isMissing, type Maybe, missing, REASONS } from '../core/missing.ts';
import { type ByteReader, DamagedBytes } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

const PLAIN = 0;
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
    out.byte(PLAIN);
    out.real(value);
  } else {
    out.byte(NANO);
    out.whole(nano);
  }
}

/** What {@link writeQuantity} wrote. */
export function readQuantity(from: ByteReader): Maybe<number> {
  const form = from.byte();
  if (form === PLAIN) return from.real();
  if (form === NANO) return from.whole() / 1e9;
  if (form > REASON_WITH_DETAIL) throw new DamagedBytes(`neither a number nor a reason: ${form}`);
  const word = from.text();
  const reason = REASONS.find((known) => known === word);
  if (reason === undefined) throw new DamagedBytes('unknown reason');
  return form === REASON ? missing(reason) : missing(reason, from.text());
}

/** How many times 1/`scale` a number is, where it is that exactly and comes back unchanged. */
export function wholeAt(value: number, scale: number): number | undefined {
  const whole = Math.round(value * scale);
  const isExact = Number.isSafeInteger(whole) && whole >= 0 && !Object.is(whole, -0) && whole / scale === value;
  return isExact ? whole : undefined;
}
