import { spread } from '../format/fit.ts';
import { run, type StyledLine } from '../format/styled.ts';
import { valueText } from '../format/value.ts';
import type { Series } from '../series/series.ts';
import { columnsKept } from './columns-memo.ts';
import { drawGraph } from './graph.ts';
import { dropMarks, graphSpan, markColumns, type NamedSpan } from './graph-span.ts';
import type { Shown } from './pane.ts';
import { paneOf } from './panes.ts';
import type { Size } from './state.ts';
import { chartPoints, HISTORY_CHART_NEEDS_UNICODE, type HistoryChart } from './terminal/history-chart.ts';
import { timeAxis } from './time-axis.ts';
import type { ZoomGraph } from './zoom.ts';

/** A graph on the whole screen: a legend, and a chart to be laid over the blank lines below it or a graph of our own. */
export interface Zoomed {
  readonly lines: readonly StyledLine[];
  readonly chart: HistoryChart | undefined;
}

/** The smallest place the chart is readable in. */
const SMALLEST_CHART: Size = { columns: 40, rows: 8 };

/** The chosen graph over the whole pane; undefined where the pane has none. `firstRow` is the pane's on the screen. */
export function drawZoom(shown: Shown, size: Size, firstRow: number): Zoomed | undefined {
  const graphs = paneOf(shown.state.pane).graphs(shown);
  const graph = graphs[shown.state.graph ?? 0] ?? graphs[0];
  if (graph === undefined) return undefined;
  const span = graphSpan(shown, true);
  const legend = drawLegend(graph, span, size.columns);
  const { unicode } = shown.state.theme;
  const fits = size.columns >= SMALLEST_CHART.columns && size.rows - 2 >= SMALLEST_CHART.rows;
  if ((unicode || !HISTORY_CHART_NEEDS_UNICODE) && fits) {
    const blank: StyledLine[] = Array.from({ length: size.rows - 2 }, () => []);
    const axis = timeAxis(shown.model.instant.at, span.span.spanSeconds, size.columns);
    return { lines: [legend, ...blank, axis], chart: keptChart(shown, graph, span, size, firstRow) };
  }
  return { lines: [legend, ...drawBands(shown, graph, span, size)], chart: undefined };
}

/** Where no chart can be laid over: a graph of our own for every line, one below the other. */
function drawBands(shown: Shown, graph: ZoomGraph, span: NamedSpan, size: Size): StyledLine[] {
  const style = shown.state.theme.graph;
  const bandRows = Math.floor((size.rows - 1) / graph.lines.length);
  // One scale for all of them, so that the eye can compare.
  const values = graph.lines.flatMap((line) => columnsKept(line.series, span.span, size.columns, 'peak'));
  const atLeast = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return graph.lines.flatMap(({ series, title, ink }) => [
    [run(` ${title}`, { ink, bold: true })],
    ...drawGraph(
      { series, fold: 'peak', atLeast, ink, print: graph.print },
      { columns: size.columns, rows: Math.max(1, bandRows - 2), axis: true, style, span, marks: dropMarks(shown) },
    ),
  ]);
}

function drawLegend(graph: ZoomGraph, span: NamedSpan, columns: number): StyledLine {
  const series = graph.lines.map(({ title, ink, series: { last } }, index) => ({
    rank: index,
    runs: [run(`${title} `, { ink }), run(valueText(last, graph.print), { ink, bold: true })],
  }));
  const title = { rank: 0, runs: [run(` ${graph.title}`, { bold: true }), run(` (${graph.unit})`, { ink: 'dim' })] };
  const hint = columns < 100 ? `${span.label}  z: back ` : `last ${span.label}   left, right: another graph   z: back `;
  const keys = { rank: 0, runs: [run(hint, { ink: 'dim' })] };
  return spread([title, ...series], [keys], columns, 3);
}

const kept = new WeakMap<Series, { readonly key: string; readonly chart: HistoryChart }>();

/**
 * The same chart object until time has moved by a point: the painter draws a chart again when it is another object, and
 * that costs as much as ten frames.
 */
function keptChart(shown: Shown, graph: ZoomGraph, span: NamedSpan, size: Size, firstRow: number): HistoryChart {
  const points = chartPoints(size.columns);
  const now = Math.floor((span.span.untilSeconds / span.span.spanSeconds) * points);
  const key = [now, span.label, dropMarks(shown).length, size.columns, size.rows, firstRow].join(' ');
  const first = graph.lines[0]?.series;
  const before = first === undefined ? undefined : kept.get(first);
  if (before?.key === key) return before.chart;
  const chart = historyChart(shown, graph, span, size, firstRow, points);
  if (first !== undefined) kept.set(first, { key, chart });
  return chart;
}

function historyChart(
  shown: Shown,
  graph: ZoomGraph,
  { span }: NamedSpan,
  size: Size,
  firstRow: number,
  points: number,
): HistoryChart {
  const series = graph.lines.map((line) => ({
    ink: line.ink,
    points: columnsKept(line.series, span, points, 'peak').map((value) =>
      value === undefined ? undefined : value / graph.divideBy,
    ),
  }));
  const values = series.flatMap((line) => line.points.filter((value) => value !== undefined));
  const largest = Math.max(...values, 0);
  return {
    series,
    points,
    scale: roundScale(largest, size.rows),
    marks: [...markColumns(dropMarks(shown), span, points).keys()].map((point) => ({ point, ink: 'yellow' })),
    firstRow: firstRow + 1,
    rows: size.rows - 2,
  };
}

/** A scale from 0 whose steps are round, and whose top is not below the largest value. */
function roundScale(largest: number, rows: number): HistoryChart['scale'] {
  const most = Math.min(10, Math.max(2, Math.floor(rows / 4)));
  const rough = Math.max(largest, 1e-9) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(largest / step));
  return { smallest: 0, largest: steps * step, steps };
}
