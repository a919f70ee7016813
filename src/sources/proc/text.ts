import type { Issue, Parsed } from '../../core/parsed.ts';
import { malformed, quoted } from '../text.ts';

/** One issue: what was expected, and an excerpt of what stood there. `line` is 1-based, 0 is the whole text. */
export function issueOf(line: number, expected: string, stood: string): Issue {
  return { line, message: `expected ${expected}, got ${quoted(stood)}` };
}

/** The answer of a parser that could make nothing of a text; `found` is what it had found wrong on the way. */
export function unreadable(expected: string, text: string, found: readonly Issue[] = []): Parsed<never> {
  const { value, issues } = malformed(0, issueOf(0, expected, text).message);
  return { value, issues: [...issues, ...found] };
}

/**
 * Calls `visit` for every line with where it starts and ends (without its newline) and its 1-based number. `torn` is
 * true for a last line without a newline: the kernel ends every line of a table, so such a line was cut, and a number
 * at its end may have lost digits. Nothing is copied, so that a 20 kB line costs only the search for its end.
 */
export function eachLine(text: string, visit: (start: number, end: number, line: number, torn: boolean) => void): void {
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    visit(start, end, line, newline === -1);
    start = end + 1;
  }
}

const DIGIT_0 = 48;
const DIGIT_9 = 57;

/**
 * The non-negative decimal integer that fills `text` from `start` to `end`, or undefined for anything else: a sign, a
 * letter, no digit at all. Beyond 2^53 it is the nearest number that a double can hold.
 */
export function countAt(text: string, start: number, end: number): number | undefined {
  if (start >= end) return undefined;
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < DIGIT_0 || code > DIGIT_9) return undefined;
    count = count * 10 + (code - DIGIT_0);
  }
  // No kernel counter has more than 20 digits (2^64); a longer run of digits is nonsense and could reach Infinity.
  return end - start > 20 ? undefined : count;
}

/** {@link countAt} for a whole word. */
export function countOf(word: string | undefined): number | undefined {
  return word === undefined ? undefined : countAt(word, 0, word.length);
}

/** The first `wanted` words as counts; undefined where there are fewer, or one of them is not a count. */
export function countsOf(words: readonly string[], wanted: number): readonly number[] | undefined {
  const counts: number[] = [];
  for (let index = 0; index < wanted; index++) {
    const count = countOf(words[index]);
    if (count === undefined) return undefined;
    counts.push(count);
  }
  return counts;
}

/** The words between blanks. An empty or blank text has none. */
export function wordsOf(line: string): readonly string[] {
  const trimmed = line.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}

/** A decimal number such as `0.76`, or undefined: no sign, no exponent, no bare dot. */
export function decimalOf(word: string | undefined): number | undefined {
  return word !== undefined && /^\d{1,20}(\.\d{1,20})?$/.test(word) ? Number(word) : undefined;
}
