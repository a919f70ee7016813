import { isMissing, type Maybe, missing } from '../core/missing.ts';
import type { Series } from './series.ts';

/** One reading of a counter or gauge, with when it was made. */
export interface Reading {
  readonly monotonicSeconds: number;
  readonly value: Maybe<number>;
}

/**
 * Per second, between two readings of a counter. A counter that went back (a restart, a wrap) has no rate over that
 * interval; nor has the first reading.
 */
export function counterPerSecond(before: Reading | undefined, now: Reading): Maybe<number> {
  if (isMissing(now.value)) return now.value;
  if (before === undefined) return missing('warming-up', 'a rate takes two samples');
  if (isMissing(before.value)) return before.value;
  const seconds = now.monotonicSeconds - before.monotonicSeconds;
  if (seconds <= 0) return missing('warming-up', 'no time has passed');
  if (now.value < before.value) return missing('counter-reset');
  return (now.value - before.value) / seconds;
}

/**
 * Per second, of a gauge over the last `windowSeconds`: from the oldest to the newest point since the last gap.
 * Negative where it shrinks. Missing until there are two points.
 */
export function growthPerSecond(series: Series, windowSeconds: number): Maybe<number> {
  const newest = series.last;
  if (isMissing(newest)) return newest;
  const stretch = series.unbroken(series.newestSeconds - windowSeconds);
  if (stretch === undefined) return missing('warming-up', 'growth takes two samples');
  const seconds = stretch.last.monotonicSeconds - stretch.first.monotonicSeconds;
  if (seconds <= 0) return missing('warming-up', 'no time has passed');
  return (stretch.last.value - stretch.first.value) / seconds;
}
