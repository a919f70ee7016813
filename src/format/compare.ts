import { isMissing, type Maybe } from '../core/missing.ts';

/** Largest first; what is not known comes last. */
export function largestFirst<Row>(value: (row: Row) => Maybe<number>): (one: Row, other: Row) => number {
  return (one, other) => {
    const [a, b] = [value(one), value(other)];
    if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
    return b - a;
  };
}

/** By the alphabet; what is not known comes last. */
export function alphabetically<Row>(text: (row: Row) => Maybe<string>): (one: Row, other: Row) => number {
  return (one, other) => {
    const [a, b] = [text(one), text(other)];
    if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
    return a < b ? -1 : Number(a > b);
  };
}
