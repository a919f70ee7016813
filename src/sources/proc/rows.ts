import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import type { Issue } from '../../core/parsed.ts';
import { countAt, eachLine, issueOf } from './text.ts';

/** The rows of a file of the form "name, number, perhaps a unit", one a line. Of two rows of one name the first counts. */
export interface Rows {
  /** How many lines have the form; 0 says that the text is something else. */
  readonly size: number;
  /** Grows as rows are asked for: a row that nobody needs is no issue, whatever stands in it. */
  readonly issues: readonly Issue[];
  /** A row's number. Missing: `absent` where there is no such row, `malformed` where no number stands in it. */
  count(name: string): Maybe<number>;
  /** A row in `kB`, which the kernel uses for 1,024 bytes. */
  bytes(name: string): Maybe<number>;
  /** What stands behind a row's separator, as `read` understands it; undefined from `read` is `malformed`. */
  value<T>(name: string, expected: string, read: (stood: string) => T | undefined): Maybe<T>;
}

const SPACE = 32;
const TAB = 9;

/**
 * Reads rows of `name<separator>number` in one pass; values are made only for the rows that are asked for, and
 * /proc/vmstat has some 190 of which the tool needs three.
 */
export function rowsOf(text: string, separator: ':' | ' '): Rows {
  const places = new Map<string, { start: number; end: number; line: number; torn: boolean }>();
  const issues: Issue[] = [];
  let cut = -1;
  eachLine(text, (start, end, line, torn) => {
    // The one found past an earlier line's end is still the next: blank lines would else be searched through each time.
    if (cut < start) cut = text.indexOf(separator, start);
    if (cut === -1) cut = text.length;
    if (cut === start || cut >= end) return;
    const name = text.slice(start, cut);
    if (!places.has(name)) places.set(name, { start: cut + 1, end, line, torn });
  });

  function value<T>(name: string, expected: string, read: (stood: string) => T | undefined): Maybe<T> {
    const place = places.get(name);
    if (place === undefined) return missing('absent', `no row ${name}`);
    const stood = text.slice(place.start, place.end);
    const known = place.torn ? undefined : read(stood);
    if (known !== undefined) return known;
    const issue = issueOf(place.line, `${expected} for ${name}`, stood);
    issues.push(issue);
    return missing('malformed', issue.message);
  }

  const bytes = (name: string): Maybe<number> => {
    const kibibytes = value(name, 'a number of kB', (stood) => numberOf(stood, 'kB'));
    return isMissing(kibibytes) ? kibibytes : kibibytes * 1024;
  };
  const count = (name: string): Maybe<number> => value(name, 'a number', (stood) => numberOf(stood, ''));
  return { size: places.size, issues, count, bytes, value };
}

function numberOf(stood: string, unit: '' | 'kB'): number | undefined {
  let start = 0;
  while (start < stood.length && isBlank(stood.charCodeAt(start))) start++;
  let end = start;
  while (end < stood.length && !isBlank(stood.charCodeAt(end))) end++;
  return stood.slice(end).trim() === unit ? countAt(stood, start, end) : undefined;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
