import type { StyledLine } from '../../format/styled.ts';
import { withoutColour } from './attributes.ts';
import type { BlessedScreen } from './blessed-parts.ts';
import { glyph } from './glyph.ts';
import type { DrawChart, HistoryChart } from './history-chart.ts';
import { type CellRules, paintRow, sameLine } from './paint-row.ts';

/** Puts lines, and a chart over them, into the cells of the screen, touching only rows that changed. */
export class CellPainter {
  private painted: (StyledLine | undefined)[] = [];
  private paintedChart: HistoryChart | undefined;
  private takeChartAway: (() => void) | undefined;

  constructor(
    private readonly screen: BlessedScreen,
    private readonly rules: CellRules,
  ) {}

  /** The cells were blanked by somebody else: the next fill touches all rows. */
  forget(): void {
    this.painted = [];
    this.paintedChart = undefined;
  }

  /** Fills the cells. A chart covers its rows; it is drawn once, and kept until it is another one. */
  fill(lines: readonly StyledLine[], chart: HistoryChart | undefined, drawChart: DrawChart | undefined): void {
    const shown = drawChart === undefined ? undefined : chart;
    const changed = shown !== this.paintedChart;
    if (changed) {
      this.painted = [];
      this.takeChartAway?.();
      this.takeChartAway = undefined;
    }
    for (let row = 0; row < this.screen.lines.length; row += 1) {
      const cells = this.screen.lines[row];
      if (cells === undefined) continue;
      if (shown !== undefined && isCovered(row, shown)) continue;
      const line = lines[row] ?? [];
      if (sameLine(this.painted[row], line)) continue;
      paintRow(cells, line, this.rules);
      this.painted[row] = line;
    }
    this.paintedChart = shown;
    if (changed && shown !== undefined && drawChart !== undefined) this.paintChart(shown, drawChart);
  }

  /** The widget writes into the cells itself; what it wrote goes through the same last checks as everything else. */
  private paintChart(chart: HistoryChart, drawChart: DrawChart): void {
    const covered = this.screen.lines.filter((_, row) => isCovered(row, chart));
    for (const cells of covered) paintRow(cells, [], this.rules);
    this.takeChartAway = drawChart(this.screen, this.screen.lines[0]?.length ?? 0, chart);
    for (const cells of covered) {
      for (const cell of cells) {
        cell[0] = this.rules.colours >= 8 ? cell[0] : withoutColour(cell[0]);
        cell[1] = glyph(cell[1].charCodeAt(0), this.rules.unicode);
      }
      cells.dirty = true;
    }
  }
}

function isCovered(row: number, chart: HistoryChart): boolean {
  return row >= chart.firstRow && row < chart.firstRow + chart.rows;
}
