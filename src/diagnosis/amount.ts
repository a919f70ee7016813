import { isMissing, type Maybe, type Missing, missing } from '../core/missing.ts';

/**
 * An amount as a rule may use it: a number of which there can be none, but not less than none. Anything else comes
 * from a kernel text that was read wrongly, and no verdict may rest on it.
 */
export function amount(value: Maybe<number>): Maybe<number> {
  if (isMissing(value)) return value;
  return value >= 0 ? finite(value) : nonsense(value);
}

/** The same for a value that may be negative: a growth. */
export function finite(value: Maybe<number>): Maybe<number> {
  if (isMissing(value)) return value;
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : nonsense(value);
}

function nonsense(value: number): Missing {
  return missing('malformed', `a value of ${value} makes no sense`);
}
