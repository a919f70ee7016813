import type { Part } from '../../format/fit.ts';
import { SEVERITY_STYLE } from '../../format/severity.ts';
import { type Ink, type Run, run, type Style, type StyledLine } from '../../format/styled.ts';
import type { Graph } from '../graph.ts';

/** One of the four boxes: its numbers and its graph. */
export interface OverviewBox {
  readonly title: string;
  readonly headline: readonly StyledLine[];
  /** The headline where there is room for one number. */
  readonly short: Run;
  info(columns: number): StyledLine;
  readonly graph: Graph;
}

/** What surrounds the numbers. */
export const DIM: Style = { ink: 'dim' };
/** A number that is not bad. */
export const STRONG: Style = { bold: true };

/** Bold and coloured where it is bad, bold in the terminal's own colour where it is not. */
export const strongly = (severity: keyof typeof SEVERITY_STYLE): Style =>
  severity === 'ok' ? STRONG : { ...SEVERITY_STYLE[severity], bold: true };

/** A number with its name before it. */
export const labelled = (rank: number, label: string, ...runs: Run[]): Part => ({
  rank,
  runs: [run(`${label} `, DIM), ...runs],
});

/** The colour of a value in a graph: `fine` where it is not bad. */
export function inkOf(severity: keyof typeof SEVERITY_STYLE, fine: Ink): Ink {
  return severity === 'ok' ? fine : (SEVERITY_STYLE[severity].ink ?? fine);
}
