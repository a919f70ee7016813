import { isMissing } from '../core/missing.ts';
import { type Ink, type Run, run } from '../format/styled.ts';
import type { Column } from '../format/table.ts';
import type { CacheModel } from '../model/model.ts';
import type { Series } from '../series/series.ts';
import { columnsKept } from './columns-memo.ts';
import { CELL_STYLES } from './graph-cells.ts';
import { graphSpan } from './graph-span.ts';
import type { Shown } from './pane.ts';

/** Smaller moves than this share of the largest value are no trend. */
const STILL_SHARE = 0.02;

/**
 * A graph of one line in one run, from the smallest to the largest value of the stretch: it shows the direction, the
 * number beside it the size. What stands still is a flat dim line; where nothing is known it is blank.
 */
function trendRun(series: Series | undefined, shown: Shown, columns: number, ink: Ink): Run {
  if (series === undefined) return run(' '.repeat(columns));
  const cell = CELL_STYLES[shown.state.theme.unicode ? 'block' : 'ascii'];
  const values = columnsKept(series, graphSpan(shown).span, columns, 'last');
  const known = values.filter((value) => value !== undefined);
  const [smallest, largest] = [Math.min(...known), Math.max(...known)];
  const range = largest - smallest;
  const isStill = range <= largest * STILL_SHARE;
  const text = values.map((value) => {
    if (value === undefined) return ' ';
    const level = isStill ? 1 : 1 + Math.round(((value - smallest) / range) * (cell.levels - 2));
    return cell.glyph(level, level);
  });
  return run(text.join(''), isStill ? { ink: 'dim' } : { ink });
}

interface KeptColumns {
  readonly trend: readonly unknown[];
  readonly columns: readonly Column<CacheModel>[];
}

const kept = new WeakMap<readonly unknown[], KeptColumns>();

/**
 * Columns of caches, and behind them the trend: the same array while neither the caches were read again nor the trend
 * has moved by a column, so that a table need not be made again.
 */
export function withTrend(
  shown: Shown,
  columns: readonly Column<CacheModel>[],
  width: number,
  rank: number,
): readonly Column<CacheModel>[] {
  const { caches } = shown.model.slab;
  if (isMissing(caches)) return [...columns, cacheTrend(shown, width, rank)];
  const { untilSeconds, spanSeconds } = graphSpan(shown).span;
  const { unicode } = shown.state.theme;
  const column = Math.floor(untilSeconds / (spanSeconds / width));
  // After a jump in a replay the past comes later than the caches.
  const past = [shown.history, shown.history.ofCache(caches[0]?.name ?? '')?.version];
  const trend = [columns, width, unicode, spanSeconds, column, ...past];
  const before = kept.get(caches);
  if (before?.trend.every((value, at) => value === trend[at])) return before.columns;
  const all = [...columns, cacheTrend(shown, width, rank)];
  kept.set(caches, { trend, columns: all });
  return all;
}

/** The sizes of a slab cache over the stretch that graphs show. */
function cacheTrend(shown: Shown, width: number, rank: number): Column<CacheModel> {
  return {
    id: 'trend',
    title: 'TREND',
    width,
    align: 'left',
    rank,
    cell: (cache) => trendRun(shown.history.ofCache(cache.name), shown, width, 'magenta'),
  };
}
