import type { Series } from './series.ts';

/** A mean over time, and from when on its samples are. */
export interface Mean {
  readonly value: number;
  readonly sinceSeconds: number;
}

/**
 * The mean of the samples after `fromSeconds` and until `untilSeconds` (monotonic), each with the time since the one
 * before; `undefined` for fewer than two.
 */
export function meanOf(series: Series, fromSeconds: number, untilSeconds: number): Mean | undefined {
  let before: number | undefined;
  let since: number | undefined;
  let sum = 0;
  let seconds = 0;
  series.visit(fromSeconds, (at, value) => {
    if (at > untilSeconds) return;
    if (before !== undefined && value !== undefined && value >= 0) {
      sum += value * (at - before);
      seconds += at - before;
      since ??= before;
    }
    before = at;
  });
  return since === undefined || seconds <= 0 ? undefined : { value: sum / seconds, sinceSeconds: since };
}
