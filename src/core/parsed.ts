import type { Maybe } from './missing.ts';

/** What a parser found wrong with a text: where, and what stood there. Torn lines are issues, unknown lines are not. */
export interface Issue {
  /** 1-based; 0 where the text as a whole is meant. */
  readonly line: number;
  /** What was expected and what stood there, in one line of printable characters. */
  readonly message: string;
}

/**
 * The answer of every parser. A parser takes text, never throws, ignores lines that it does not know (kernels add
 * some in every release) and reports lines that it knows but cannot read. `value` is missing (`malformed`) only where
 * nothing useful could be had from the text.
 */
export interface Parsed<T> {
  readonly value: Maybe<T>;
  readonly issues: readonly Issue[];
}
