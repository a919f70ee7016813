import { type Maybe, missing } from '../core/missing.ts';
import type { Issue, Parsed } from '../core/parsed.ts';
import { printableAscii } from '../core/printable.ts';

/** The one empty list of issues: parsers that run 10,000 times a walk should not allocate one each time. */
export const NO_ISSUES: readonly Issue[] = [];

/** A text that holds nothing of what its file documents: no value, one issue, the same words in both. */
export function malformed(line: number, message: string): Parsed<never> {
  return { value: missing('malformed', message), issues: [{ line, message }] };
}

/**
 * Kernel text as it may stand in an issue: printable ASCII only, in quotes, at most 60 characters, without the line end
 * that every file has.
 */
export function quoted(text: string): string {
  const line = text.endsWith('\n') ? text.slice(0, -1) : text;
  const cut = line.length > 60 ? `${line.slice(0, 57)}...` : line;
  return `"${printableAscii(cut)}"`;
}

/**
 * A whole number in decimal, with a sign if the kernel prints one. Numbers that a double cannot hold exactly are
 * malformed: no counter that this program reads gets there (2^53 bytes are 8 PiB), wrapped ones do.
 */
export function wholeNumber(word: string): Maybe<number> {
  if (/^-?[0-9]{1,17}$/.test(word)) {
    const value = Number(word);
    if (Number.isSafeInteger(value)) return value;
  }
  return missing('malformed', `expected a whole number, got ${quoted(word)}`);
}
