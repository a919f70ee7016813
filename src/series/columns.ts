import type { Series } from './series.ts';

/** What a graph shows: a stretch of time, cut into columns of equal width. */
export interface TimeSpan {
  /** The right edge, by the monotonic clock. */
  readonly untilSeconds: number;
  readonly spanSeconds: number;
}

/** How the points of one column become one value: the peak for times and CPU, the last for counts and sizes. */
export type Fold = 'peak' | 'last';

/**
 * One value per column, oldest first; `undefined` where no point fell into a column. Columns are aligned to multiples
 * of their width, so that a graph moves by whole columns and does not flicker. A value holds until the next sample:
 * when samples are further apart than a column is wide, the columns between repeat it, up to the right edge, unless a gap came between.
 */
export function columnsOf(series: Series, span: TimeSpan, count: number, fold: Fold): (number | undefined)[] {
  const columns = new Array<number | undefined>(count).fill(undefined);
  const width = span.spanSeconds / count;
  const lastColumn = Math.floor(span.untilSeconds / width);
  const firstColumn = lastColumn - count + 1;
  let held: { column: number; value: number } | undefined;
  series.visit(firstColumn * width, (monotonicSeconds, value) => {
    if (monotonicSeconds > span.untilSeconds) return;
    const column = Math.floor(monotonicSeconds / width) - firstColumn;
    if (held !== undefined) for (let at = held.column + 1; at < column; at += 1) columns[at] = held.value;
    if (value === undefined) {
      held = undefined;
      return;
    }
    const present = columns[column];
    columns[column] = fold === 'peak' && present !== undefined ? Math.max(present, value) : value;
    held = { column, value };
  });
  if (held !== undefined) columns.fill(held.value, held.column + 1);
  return columns;
}

/** The column in which an instant lies, or `undefined` if it is outside; for marks. */
export function columnAt(monotonicSeconds: number, span: TimeSpan, count: number): number | undefined {
  const width = span.spanSeconds / count;
  const column = Math.floor(monotonicSeconds / width) - (Math.floor(span.untilSeconds / width) - count + 1);
  return column >= 0 && column < count ? column : undefined;
}
