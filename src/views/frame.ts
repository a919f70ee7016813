import type { StyledLine } from '../format/styled.ts';
import type { HistoryChart } from './terminal/history-chart.ts';

/** What the terminal is to show. Lines that did not change are equal to those of the frame before, run by run. */
export interface Frame {
  readonly lines: readonly StyledLine[];
  /** Where the terminal's cursor stands, while something is typed. */
  readonly cursor?: { readonly column: number; readonly row: number };
  /** Of the terminal's window. */
  readonly title?: string;
  /** Laid over the lines. */
  readonly chart?: HistoryChart;
}
