import type { Parsed } from '../../core/parsed.ts';
import { malformed, NO_ISSUES, quoted } from '../text.ts';

/** A page counter or its limit, in bytes; `'max'` where there is no limit. */
export type CounterBytes = number | 'max';

/**
 * Parses a file that holds one page counter: v1 `memory.usage_in_bytes`, `memory.kmem.usage_in_bytes`,
 * `memory.limit_in_bytes` (for example `9223372036854771712`, which says "no limit"), v2 `memory.current`,
 * `memory.max` (`max`). It runs for every cgroup of a walk, so that it looks at each character once and makes no text.
 *
 * A v1 "no limit" is the largest whole number of pages in 63 bits, so that it depends on the page size. Anything else
 * above 2^53 is a counter that went below zero, and `malformed`.
 * https://docs.kernel.org/admin-guide/cgroup-v1/memory.html, https://docs.kernel.org/admin-guide/cgroup-v2.html
 */
export function parseCounter(text: string): Parsed<CounterBytes> {
  const length = text.charCodeAt(text.length - 1) === NEWLINE ? text.length - 1 : text.length;
  let bytes = 0;
  for (let index = 0; index < length; index += 1) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) {
      return text === 'max\n' || text === 'max' ? { value: 'max', issues: NO_ISSUES } : noCounter(text);
    }
    bytes = bytes * 10 + digit;
  }
  if (length === 0 || length > LONGEST) return noCounter(text);
  if (bytes <= Number.MAX_SAFE_INTEGER) return { value: bytes, issues: NO_ISSUES };
  return bytes >= UNLIMITED_FROM && bytes <= UNLIMITED_TO ? { value: 'max', issues: NO_ISSUES } : noCounter(text);
}

const ZERO = 0x30;
const NEWLINE = 0x0a;
/** Digits of 2^64. */
const LONGEST = 20;
/**
 * From PAGE_COUNTER_MAX with pages of 64 KiB (2^63 - 2^16) to 2^63 - 1, and wider on both sides by what adding up
 * digits in a double can be off.
 */
const UNLIMITED_FROM = 2 ** 63 - 2 ** 17;
const UNLIMITED_TO = 2 ** 63 + 2 ** 13;

function noCounter(text: string): Parsed<never> {
  return malformed(1, `expected bytes or max, got ${quoted(text)}`);
}
