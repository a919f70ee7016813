import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import type { Issue } from '../../core/parsed.ts';
import { quoted, wholeNumber } from '../text.ts';

/** The rows of a "flat keyed" cgroup file: each line a name, a space, a whole number. */
export interface NumberRows {
  /**
   * The number of a row. `absent` where this kernel prints no such row, `malformed` where the row is torn or its
   * value is no whole number.
   */
  take(name: string): Maybe<number>;
  /** How many of the rows asked for so far were there and whole. */
  readonly taken: () => number;
  /** What was found wrong with the rows asked for so far. Rows nobody asks for are ignored, whatever they hold. */
  readonly issues: readonly Issue[];
}

/** Indexes a flat keyed file; `file` is its name, for the messages. A row named twice counts by its first line. */
export function indexNumberRows(text: string, file: string): NumberRows {
  const rows = new Map<string, { readonly line: number; readonly value: string; readonly torn: boolean }>();
  const lines = text.split('\n');
  // The kernel ends every line; a text that stops in the middle of a line was cut, and its last number with it.
  const whole = lines.length - 1;
  lines.forEach((line, index) => {
    const space = line.indexOf(' ');
    const name = space < 0 ? line : line.slice(0, space);
    const value = space < 0 ? '' : line.slice(space + 1);
    if (name !== '' && !rows.has(name)) rows.set(name, { line: index + 1, value, torn: index >= whole });
  });
  const issues: Issue[] = [];
  let taken = 0;
  return {
    issues,
    taken: () => taken,
    take(name) {
      const row = rows.get(name);
      if (row === undefined) return missing('absent', `${file} has no row ${name}`);
      const value = row.torn
        ? missing('malformed', `the text ends inside the row, at ${quoted(row.value)}`)
        : wholeNumber(row.value);
      if (isMissing(value)) {
        const message = `${name}: ${value.detail}`;
        issues.push({ line: row.line, message });
        return missing('malformed', `${file}, row ${message}`);
      }
      taken += 1;
      return value;
    },
  };
}
