import { CELL_STYLES } from '../graph-cells.ts';

/** Moves smaller than this part of the largest value are no trend. */
const STILL_SHARE = 0.02;

/** Points as a graph of one line, from the smallest to the largest; a gap is blank, and what stands still is flat. */
export function trendText(points: readonly (number | undefined)[], columns: number, unicode: boolean): string {
  const cell = CELL_STYLES[unicode ? 'block' : 'ascii'];
  const values = Array.from({ length: columns }, (_, column) => lastOf(points, column, columns));
  const known = values.filter((value) => value !== undefined);
  const [smallest, largest] = [Math.min(...known), Math.max(...known)];
  const range = largest - smallest;
  const still = range <= largest * STILL_SHARE;
  return values
    .map((value) => {
      if (value === undefined) return ' ';
      const level = still ? 1 : 1 + Math.round(((value - smallest) / range) * (cell.levels - 2));
      return cell.glyph(level, level);
    })
    .join('');
}

/** The last point that is known of those that fall into a column. */
function lastOf(points: readonly (number | undefined)[], column: number, columns: number): number | undefined {
  const from = Math.floor((column * points.length) / columns);
  const to = Math.max(from + 1, Math.floor(((column + 1) * points.length) / columns));
  return points.slice(from, to).findLast((point) => point !== undefined);
}
