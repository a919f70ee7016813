import type { Size } from '../state.ts';

/** How the Profile pane shares its lines out. */
export interface ProfileLayout {
  /** The answer and what has to be known of it. */
  readonly headRows: number;
  readonly flameRows: number;
  /** Names the colours; 0 where there is no room. */
  readonly legendRows: number;
  /** The head of the table included. */
  readonly topRows: number;
}

/** The frame under the cursor in words. */
const STATUS_ROWS = 1;

/** The answer and the graph come first; where there is little room the table has it only while somebody moves in it. */
export function profileLayout({ rows }: Size, headWanted: number, focus: 'flame' | 'top'): ProfileLayout {
  const headRows = Math.min(headWanted, rows >= 36 ? 9 : rows >= 18 ? 6 : Math.max(1, Math.floor(rows / 4)));
  const legendRows = rows >= 24 ? 1 : 0;
  const rest = Math.max(0, rows - headRows - STATUS_ROWS - legendRows);
  if (rest < 12) {
    return focus === 'top'
      ? { headRows, legendRows, flameRows: 0, topRows: rest }
      : { headRows, legendRows, flameRows: rest, topRows: 0 };
  }
  const topRows = Math.floor(rest * (focus === 'top' ? 0.5 : 0.35));
  return { headRows, legendRows, flameRows: rest - topRows, topRows };
}
