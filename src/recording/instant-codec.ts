import type { Instant } from '../core/clock.ts';
import { type ByteReader, DamagedBytes } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { wholeAt } from './quantity.ts';

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
