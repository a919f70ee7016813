import { isMissing, type Maybe, missing } from '../core/missing.ts';
import type { Parsed } from '../core/parsed.ts';
import { type Reading, textOf } from '../core/reading.ts';

/** The parsed value of a reading. A `malformed` text names its file and the first thing found wrong in it. */
export function parseText<T>(reading: Reading, parse: (text: string) => Parsed<T>): Maybe<T> {
  const text = textOf(reading);
  if (isMissing(text)) return text;
  const { value, issues } = parse(text);
  if (!isMissing(value)) return value;
  const first = issues[0];
  return missing(value.unavailable, `${reading.path}: ${first?.message ?? value.detail ?? 'empty'}`);
}

/** The lines of a listing, or why it could not be had. An empty folder has none. */
export function linesOf(reading: Reading): Maybe<readonly string[]> {
  const text = textOf(reading);
  if (isMissing(text)) return text;
  return text === '' ? [] : text.split('\n');
}

/** A process that ended between two looks has no file any more: `absent` there means `gone`. */
export function goneIfAbsent<T>(value: Maybe<T>): Maybe<T> {
  return isMissing(value) && value.unavailable === 'absent' ? missing('gone', value.detail) : value;
}
