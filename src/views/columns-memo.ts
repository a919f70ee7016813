import { columnsOf, type Fold, type TimeSpan } from '../series/columns.ts';
import type { Series } from '../series/series.ts';

interface Kept {
  readonly version: number;
  readonly lastColumn: number;
  readonly columns: readonly (number | undefined)[];
}

/** Widths and stretches in use at a time: those of the pane, of its trends and of the zoom. */
const MOST_KEPT = 6;

const kept = new WeakMap<Series, Map<string, Kept>>();

/**
 * The columns of a series, computed again only where they can have changed: an hour at one sample a second has 3,600
 * points in each of several graphs, and between two frames only the newest column moves. What is kept follows from
 * the series alone, so that drawing stays pure.
 */
export function columnsKept(
  series: Series,
  span: TimeSpan,
  count: number,
  fold: Fold,
): readonly (number | undefined)[] {
  const width = span.spanSeconds / count;
  const lastColumn = Math.floor(span.untilSeconds / width);
  const perSeries = kept.get(series) ?? new Map<string, Kept>();
  kept.set(series, perSeries);
  const key = `${count} ${span.spanSeconds} ${fold}`;
  const before = perSeries.get(key);
  if (before?.version === series.version && before.lastColumn === lastColumn) return before.columns;
  const isNewest = series.newestSeconds <= span.untilSeconds;
  const columns =
    (before === undefined || !isNewest ? undefined : moved(series, span, before, lastColumn, fold)) ??
    columnsOf(series, span, count, fold);
  // A look at the past must not stay: the columns to the right of it were cut.
  if (isNewest) {
    if (perSeries.size >= MOST_KEPT) perSeries.clear();
    perSeries.set(key, { version: series.version, lastColumn, columns });
  }
  return columns;
}

/** The columns kept, moved to the left, and the newest ones again; undefined where that cannot be told from them. */
function moved(
  series: Series,
  span: TimeSpan,
  before: Kept,
  lastColumn: number,
  fold: Fold,
): readonly (number | undefined)[] | undefined {
  const count = before.columns.length;
  const again = lastColumn - before.lastColumn + 2;
  if (again < 2 || again >= count / 2) return undefined;
  const width = span.spanSeconds / count;
  const tail: TimeSpan = { untilSeconds: span.untilSeconds, spanSeconds: width * again };
  if (Math.floor(tail.untilSeconds / (tail.spanSeconds / again)) !== lastColumn) return undefined;
  const newest = columnsOf(series, tail, again, fold);
  // Without a point in the first of them, the value that holds there is not known here.
  if (newest[0] === undefined) return undefined;
  return [...before.columns.slice(again - 2, count - 2), ...newest];
}
