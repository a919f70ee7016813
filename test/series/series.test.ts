import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { Series } from '../../src/series/series.ts';

type Pushed = readonly [seconds: number, value: number | undefined];

const GAP = missing('failed');

/** Times that only grow, with a gap now and then. */
const pushes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.option(fc.integer(), { nil: undefined, freq: 6 })), {
    maxLength: 400,
  })
  .map((steps) => {
    let seconds = 0;
    return steps.map(([step, value]): Pushed => {
      seconds += step;
      return [seconds, value];
    });
  });

function seriesOf(capacity: number, pushed: readonly Pushed[]): Series {
  const series = new Series(capacity);
  for (const [seconds, value] of pushed) series.push(seconds, value ?? GAP);
  return series;
}

function visited(series: Series, from: number): Pushed[] {
  const points: Pushed[] = [];
  series.visit(from, (seconds, value) => points.push([seconds, value]));
  return points;
}

/** The same, found by looking at every point. */
function unbrokenOf(kept: readonly Pushed[], from: number) {
  const sinceGap = kept.slice(kept.findLastIndex(([, value]) => value === undefined) + 1);
  const stretch = sinceGap.filter(([seconds]) => seconds >= from);
  const [first, last] = [stretch[0], stretch.at(-1)];
  if (first === undefined || last === undefined || stretch.length < 2) return undefined;
  return {
    first: { monotonicSeconds: first[0], value: first[1] },
    last: { monotonicSeconds: last[0], value: last[1] },
  };
}

test('it holds the last points and gaps, whatever its size and however many came', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), pushes, fc.nat({ max: 2200 }), (capacity, pushed, from) => {
      const series = seriesOf(capacity, pushed);
      const kept = pushed.slice(-capacity);
      expect(series.length).toBe(kept.length);
      expect(series.version).toBe(pushed.length);
      expect(series.newestSeconds).toBe(kept.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY);
      if (kept[0] !== undefined) expect(series.oldestSeconds).toBe(kept[0][0]);
      expect(visited(series, from)).toEqual(kept.filter(([seconds]) => seconds >= from));
      expect(series.unbroken(from)).toEqual(unbrokenOf(kept, from));
    }),
    { numRuns: 300 },
  );
});

test('the last value is missing after a gap, and before there is any', () => {
  expect(new Series(5).last).toMatchObject({ unavailable: 'warming-up' });
  expect(seriesOf(5, [[1, 7]]).last).toBe(7);
  expect(
    seriesOf(5, [
      [1, 7],
      [2, undefined],
    ]).last,
  ).toMatchObject({ unavailable: 'stale' });
});
