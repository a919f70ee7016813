import type { CallTree } from './call-tree.ts';
import { type Flame, type FlameFrame, layOutFlame } from './flame.ts';

/** A frame of a flame graph drawn in a terminal: columns `from` up to, not including, `to`. At least one column. */
export interface FlameCell {
  readonly frame: FlameFrame;
  readonly from: number;
  readonly to: number;
}

/** A flame graph for a terminal: one line per row, cells from left to right, gaps between them are self time. */
export interface FlameLines {
  readonly lines: readonly (readonly FlameCell[])[];
  readonly hiddenFrames: Flame['hiddenFrames'];
  readonly hiddenShare: Flame['hiddenShare'];
}

/**
 * Lays out a call tree in whole columns. Edges are rounded, not widths, so that cells never overlap and a callee never
 * sticks out of its caller.
 */
export function layOutColumns(
  tree: CallTree,
  options: { readonly zoom: number; readonly columns: number },
): FlameLines {
  const { columns, zoom } = options;
  const flame = layOutFlame(tree, { zoom, narrowest: 0.5 / columns });
  const lines: FlameCell[][] = [];
  for (const frame of flame.frames) {
    const from = Math.round(frame.left * columns);
    const to = Math.min(columns, Math.round((frame.left + frame.width) * columns));
    if (to === from) continue;
    const line = lines[frame.row] ?? [];
    line.push({ frame, from, to });
    lines[frame.row] = line;
  }
  return { lines, hiddenFrames: flame.hiddenFrames, hiddenShare: flame.hiddenShare };
}
