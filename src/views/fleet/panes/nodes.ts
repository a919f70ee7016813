import { isKnown, isMissing, type Maybe } from '../../../core/missing.ts';
import { printable } from '../../../core/printable.ts';
import type { FleetGraph } from '../../../fleet/queries.ts';
import { count, seconds } from '../../../format/quantity.ts';
import { reasonSentence } from '../../../format/reason.ts';
import { type Ink, run, type StyledLine } from '../../../format/styled.ts';
import { valueRun } from '../../../format/value.ts';
import type { Series } from '../../../series/series.ts';
import { drawBox, insideColumns } from '../../box.ts';
import { drawGraph } from '../../graph.ts';
import type { Size } from '../../state.ts';
import { tableLines } from '../../table-lines.ts';
import type { FleetPane } from '../pane.ts';
import { NODE_SORTS, nodeColumnsOf, nodeRows } from '../rows.ts';
import { engineNowSeconds, type FleetState } from '../state.ts';

/** Graphs over the fleet take their place only where enough rows are left. */
const GRAPHS_FROM_ROWS = 30;
const GRAPHS_FROM_COLUMNS = 120;
const GRAPH_ROWS = 7;

/** One row per node, the worst first. */
export const nodesPane: FleetPane = {
  id: 'nodes',
  digit: '1',
  title: 'Nodes',
  keys: [],
  sorts: NODE_SORTS,
  rowCount: (state) => nodeRows(state).length,
  visibleRows: (state, size) => Math.max(0, size.rows - graphRows(state, size) - 1),
  draw: (state, size) => {
    const above = graphRows(state, size);
    const { top, cursor, sort } = state.tables.nodes;
    const table = tableLines(nodeRows(state), nodeColumnsOf(state), {
      columns: size.columns,
      rows: size.rows - above,
      top,
      cursor,
      sort,
      limits: state.limits,
      none: nothing(state),
    });
    return above === 0 ? table : [...graphs(state, size), ...table];
  },
};

function nothing({ model, failure, tables }: FleetState): string {
  if (model === undefined) return failure === undefined ? 'asking the engine ...' : printable(reasonSentence(failure));
  if (tables.nodes.filter !== '') return 'no node has this in its name';
  return isMissing(model.counts) ? 'no node reports anything' : 'no node is sick, silent or blind';
}

function graphRows(state: FleetState, { rows, columns }: Size): number {
  const known = state.graphs !== undefined && Object.values(state.graphs).some((graph) => isKnown(graph));
  return known && rows >= GRAPHS_FROM_ROWS && columns >= GRAPHS_FROM_COLUMNS ? GRAPH_ROWS : 0;
}

interface GraphSpec {
  readonly title: string;
  readonly ink: Ink;
  readonly print: (value: number) => string;
}

const GRAPHS: Readonly<Record<FleetGraph, GraphSpec>> = {
  sick: { title: 'sick nodes', ink: 'red', print: count },
  dying: { title: 'dying in all', ink: 'magenta', print: count },
  read: { title: 'p99 of the slowest reads', ink: 'yellow', print: seconds },
  kubelet: { title: 'kubelet system CPU', ink: 'cyan', print: (cores) => `${cores.toFixed(1)} cores` },
};

const SPAN_SECONDS = 6 * 3600;

function graphs(state: FleetState, size: Size): StyledLine[] {
  const drawn = Object.entries(GRAPHS).map(([id, spec], index, all) => {
    const columns = Math.floor(size.columns / all.length) + (index < size.columns % all.length ? 1 : 0);
    return box(state, state.graphs?.[id as FleetGraph], spec, columns);
  });
  return Array.from({ length: GRAPH_ROWS }, (_, row) => drawn.flatMap((lines) => lines[row] ?? []));
}

function box(
  state: FleetState,
  graph: Maybe<Series> | undefined,
  { title, ink, print }: GraphSpec,
  columns: number,
): StyledLine[] {
  const last = graph === undefined || isMissing(graph) ? graph : graph.last;
  const headline = last === undefined ? [] : [[valueRun(last, print, { bold: true })]];
  const frame = { title, headline, columns, rows: GRAPH_ROWS, chosen: false };
  if (graph === undefined || isMissing(graph)) {
    return drawBox(frame, graph === undefined ? [] : [[run(printable(reasonSentence(graph)), { ink: 'dim' })]]);
  }
  const span = { span: { untilSeconds: engineNowSeconds(state), spanSeconds: SPAN_SECONDS }, label: '6 h' };
  return drawBox(
    frame,
    drawGraph(
      { series: graph, fold: 'peak', atLeast: 1, ink, print },
      { columns: insideColumns(columns), rows: GRAPH_ROWS - 3, axis: true, style: state.theme.graph, span, marks: [] },
    ),
  );
}
