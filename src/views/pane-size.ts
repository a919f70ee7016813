import type { Size } from './state.ts';

/** The smallest terminal in which panes are drawn. */
export const SMALLEST: Size = { columns: 40, rows: 10 };

/** A blank line below the header is worth its place from this height on. */
const AIRY_ROWS = 36;

/** Lines above the pane: header, verdict, and a blank one where there is room. */
export function linesAbove(size: Size): number {
  return size.rows >= AIRY_ROWS ? 3 : 2;
}

/** What is left for a pane: header and verdict above, the footer below. */
export function paneSize(size: Size): Size {
  return { columns: size.columns, rows: Math.max(0, size.rows - linesAbove(size) - 1) };
}
