import { type Ink, type Run, run } from '../format/styled.ts';
import type { Column } from '../format/table.ts';
import type { CacheModel } from '../model/model.ts';
import type { Series } from '../series/series.ts';
import { columnsKept } from './columns-memo.ts';
import { CELL_STYLES } from './graph-cells.ts';
import { graphSpan } from './graph-span.ts';
import type { Shown } from './pane.ts';

/** A graph of one line in one run; blanks where nothing is known. */
export function trendRun(series: Series | undefined, shown: Shown, columns: number, ink: Ink): Run {
  if (series === undefined) return run(' '.repeat(columns));
  const cell = CELL_STYLES[shown.state.theme.unicode ? 'block' : 'ascii'];
  const values = columnsKept(series, graphSpan(shown).span, columns, 'last');
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const text = values.map((value) => {
    if (value === undefined) return ' ';
    const level = Math.max(1, Math.round((value / (largest || 1)) * cell.levels));
    return cell.glyph(level, level);
  });
  return run(text.join(''), { ink });
}

/** The sizes of a slab cache over the stretch that graphs show. */
export function cacheTrend(shown: Shown, width: number, rank: number): Column<CacheModel> {
  return {
    id: 'trend',
    title: 'TREND',
    width,
    align: 'left',
    rank,
    cell: (cache) => trendRun(shown.history.ofCache(cache.name), shown, width, 'magenta'),
  };
}
