import { isMissing, type Maybe, missing } from '../core/missing.ts';
import type { Series } from './series.ts';

/** One reading of a counter or gauge, with when it was made. */
export interface CounterReading {
  readonly monotonicSeconds: number;
  readonly value: Maybe<number>;
}

/**
 * Per second, between two readings of a counter. A counter that went back (a restart, a wrap) has no rate over that
 * interval; nor has the first reading.
 */
export function counterPerSecond(before: CounterReading | undefined, now: CounterReading): Maybe<number> {
  if (isMissing(now.value)) return now.value;
  if (before === undefined) return missing('warming-up', 'a rate takes two samples');
  if (isMissing(before.value)) return before.value;
  const seconds = now.monotonicSeconds - before.monotonicSeconds;
  if (seconds <= 0) return missing('warming-up', 'no time has passed');
  if (now.value < before.value) return missing('counter-reset');
  return (now.value - before.value) / seconds;
}

/** Growth is taken over this long: long enough to see 400 cgroups an hour, short enough to see a drop pass. */
const GROWTH_WINDOW_SECONDS = 300;

/** Less than a minute says nothing of an hour: nine cgroups in two seconds are no 16,000 an hour. */
const GROWTH_SPAN_SECONDS = 60;

/**
 * Per second, of a gauge over the last five minutes: from the oldest to the newest point since the last gap. Negative
 * where it shrinks. Missing until they are a minute apart. Nothing from before `sinceSeconds` (monotonic) counts: the
 * fall of a drop is no growth of the node after it.
 */
export function growthPerSecond(series: Series, sinceSeconds = Number.NEGATIVE_INFINITY): Maybe<number> {
  const newest = series.last;
  if (isMissing(newest)) return newest;
  const stretch = series.unbroken(Math.max(sinceSeconds, series.newestSeconds - GROWTH_WINDOW_SECONDS));
  if (stretch === undefined) return NOT_YET;
  const seconds = stretch.last.monotonicSeconds - stretch.first.monotonicSeconds;
  if (seconds < GROWTH_SPAN_SECONDS) return NOT_YET;
  return (stretch.last.value - stretch.first.value) / seconds;
}

const NOT_YET = missing('warming-up', 'growth needs a minute of samples');
