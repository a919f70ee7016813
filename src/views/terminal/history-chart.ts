import type { Ink } from '../../format/styled.ts';
import type { BlessedScreen, LineContext, LineWidget, LineWidgetOptions } from './blessed-parts.ts';

/** The chart draws braille dots: without UTF-8 it cannot be shown. */
export const HISTORY_CHART_NEEDS_UNICODE = true;

/** The smallest place the chart's axes fit in. */
const SMALLEST = { columns: 20, rows: 6 };

/** Columns left of the axis, for the numbers of the scale. */
const SCALE_COLUMNS = 6;

/** One line of the chart. */
interface ChartSeries {
  /** One value per point; undefined is a gap and is drawn as one. */
  readonly points: readonly (number | undefined)[];
  readonly ink: Ink;
}

/** What a history chart shows. Values are in the unit whose name the caller writes beside the chart. */
export interface HistoryChart {
  readonly series: readonly ChartSeries[];
  /** How many each series has, oldest first; their times stand in a line of the caller's own below the chart. */
  readonly points: number;
  /** The scale begins at `smallest` and has so many steps to `largest`. */
  readonly scale: { readonly smallest: number; readonly largest: number; readonly steps: number };
  /** Points at which caches were dropped, or another event stands: a line from top to bottom. */
  readonly marks: readonly { readonly point: number; readonly ink: Ink }[];
  /** The rows of the screen that the chart covers; the others show what is painted there. */
  readonly firstRow: number;
  readonly rows: number;
}

/** How many points fit into a chart of so many columns. */
export function chartPoints(columns: number): number {
  return Math.max(2, columns - 8);
}

/** The column of the screen that a point stands in: the widget's formula, two dots to a column. */
export function chartColumn(point: number, points: number, columns: number): number {
  return Math.floor(pointX(point, points, 2 * columns - 12) / 2);
}

/** The widget's own formula for the place of a point in dots, which it does not hand out. */
function pointX(point: number, points: number, width: number): number {
  const padding = 2 * SCALE_COLUMNS;
  return ((width - padding) / points) * point + padding + 2;
}

/** Draws a history chart into the cells of the screen with the line widget of blessed-contrib, loaded at first use. */
export async function loadChartWidget(): Promise<DrawChart> {
  const { default: Line } = await import('blessed-contrib/lib/widget/charts/line.js');
  return (screen, columns, chart) => {
    if (columns < SMALLEST.columns || chart.rows < SMALLEST.rows || chart.points === 0) return undefined;
    const options: LineWidgetOptions = {
      top: chart.firstRow,
      left: 0,
      width: columns,
      height: chart.rows,
      minY: chart.scale.smallest,
      maxY: chart.scale.largest,
      numYLabels: chart.scale.steps,
      xPadding: 2 * SCALE_COLUMNS,
      showLegend: false,
      style: { line: 'normal', text: 'normal', baseline: 'normal' },
    };
    const widget = new Line(options);
    screen.append(widget);
    const takeAway = () => {
      screen.remove(widget);
      widget.destroy();
    };
    // The widget's own labels are not round, and stand there three times for the same minute.
    const labels = Array.from({ length: chart.points }, () => ' ');
    try {
      leaveGaps(widget.ctx);
      widget.setData(
        chart.series.map(({ points, ink }) => ({
          title: '',
          x: labels,
          y: labels.map((_, index) => points[index] ?? Number.NaN),
          style: { line: COLOUR_NAME[ink] },
        })),
      );
      for (const mark of chart.marks) drawMark(widget, chart.points, mark);
      widget.render();
    } catch (error) {
      takeAway();
      throw error;
    }
    return takeAway;
  };
}

/**
 * Puts one chart into the cells of the screen. The answer takes it away, which blanks its cells; undefined where
 * nothing was drawn, because the place is too small or there is no point.
 */
export type DrawChart = (screen: BlessedScreen, columns: number, chart: HistoryChart) => (() => void) | undefined;

/** The canvas knows eight colours by name, and `normal` for the terminal's own. */
const COLOUR_NAME: Readonly<Record<Ink, string>> = {
  default: 'normal',
  dim: 'normal',
  red: 'red',
  green: 'green',
  yellow: 'yellow',
  blue: 'blue',
  magenta: 'magenta',
  cyan: 'cyan',
  white: 'white',
  brightRed: 'red',
  brightYellow: 'yellow',
  brightCyan: 'cyan',
};

/** The widget draws one line through all points: lift the pen where a point is NaN, so that a gap stays a gap. */
function leaveGaps(context: LineContext): void {
  const { lineTo, moveTo } = context;
  let penIsUp = false;
  context.lineTo = (x, y) => {
    if (Number.isNaN(y)) {
      penIsUp = true;
      return;
    }
    // A lone point between two gaps would be a line of no length, which the canvas does not draw.
    (penIsUp ? moveTo : lineTo).call(context, x, y);
    if (penIsUp) lineTo.call(context, x, y);
    penIsUp = false;
  };
  context.moveTo = (x, y) => {
    penIsUp = false;
    moveTo.call(context, x, y);
  };
}

function drawMark(widget: LineWidget, points: number, mark: HistoryChart['marks'][number]): void {
  const { ctx, canvasSize } = widget;
  const x = pointX(mark.point, points, canvasSize.width);
  ctx.strokeStyle = COLOUR_NAME[mark.ink];
  ctx.beginPath();
  ctx.moveTo(x, 0);
  ctx.lineTo(x, canvasSize.height - 12);
  ctx.stroke();
}
