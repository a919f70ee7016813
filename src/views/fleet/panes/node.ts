import { isMissing, type Maybe } from '../../../core/missing.ts';
import { printable } from '../../../core/printable.ts';
import type { NodeDetail, NodeGraph } from '../../../fleet/model.ts';
import { clockTime } from '../../../format/clock-time.ts';
import { STATE_WORD, stateStyle } from '../../../format/fleet-tables.ts';
import { bytes, count, percent, seconds } from '../../../format/quantity.ts';
import { reasonSentence } from '../../../format/reason.ts';
import { type Ink, run, type StyledLine } from '../../../format/styled.ts';
import { valueRun, valueText } from '../../../format/value.ts';
import type { Series } from '../../../series/series.ts';
import { beside, drawBox, insideColumns } from '../../box.ts';
import { drawGraph } from '../../graph.ts';
import type { Size } from '../../state.ts';
import type { FleetPane } from '../pane.ts';
import { nodeInFocus } from '../rows.ts';
import { engineNowSeconds, type FleetState, NODE_SPANS } from '../state.ts';

/** Graphs beside each other take at least this. */
const TWO_GRAPHS_FROM = 100;

/** Rows of a graph with its frame and its axis. */
const SMALLEST_GRAPH = 4;

/** Which graphs stay where there is no room for all: what the rules say takes its place before the last of them. */
const DEAREST: readonly NodeGraph[] = ['dying', 'read', 'kubelet', 'slab'];

/** One node: its four graphs, what its rules say, and what it does not know. */
export const nodePane: FleetPane = {
  id: 'node',
  digit: '5',
  title: 'Node',
  keys: [],
  sorts: [],
  rowCount: () => 0,
  visibleRows: (_, size) => size.rows,
  draw: (state, size) => {
    if (state.openKey === undefined) return [[], [run(' no node is open: Enter in Nodes opens one', { ink: 'dim' })]];
    const head = headLines(state);
    const room = Math.max(0, size.rows - head.length);
    const { detail } = state;
    if (isMissing(detail)) return [...head, [run(` ${printable(reasonSentence(detail))}`, { ink: 'dim' })]];
    const below = findingLines(detail, size.columns);
    const graphRows = Math.max(SMALLEST_GRAPH, room - Math.min(below.length, Math.ceil(room / 2)));
    return [...head, ...graphLines(state, detail, { columns: size.columns, rows: graphRows }), ...below];
  },
};

function headLines(state: FleetState): StyledLine[] {
  const node = nodeInFocus(state);
  if (node === undefined) return [[run(' this node is no longer in the list', { ink: 'yellow' })], []];
  const { facts } = node;
  const line: StyledLine = [
    run(` ${STATE_WORD[node.state]} `, { ...stateStyle(node.state), inverse: true }),
    run(` ${printable(node.name)}`, { bold: true }),
  ];
  if (isMissing(facts)) return [line, []];
  const words = [
    `Linux ${valueText(facts.kernel, printable)}`,
    `kubelet ${valueText(facts.kubeletVersion, printable)}`,
    `held by the dying ${valueText(facts.heldBytes, bytes)}, pinned by ${valueText(facts.pinnedBy, printable)}`,
    `drops ${valueText(facts.drops, count)}`,
    `sampled ${valueText(facts.sampledAt, clockTime)}`,
  ];
  return [line, [run(` ${words.join('   ')}`)], []];
}

interface GraphSpec {
  readonly title: string;
  readonly ink: Ink;
  readonly print: (value: number) => string;
}

const GRAPHS: Readonly<Record<NodeGraph, GraphSpec>> = {
  kubelet: { title: 'kubelet system CPU', ink: 'cyan', print: (cores) => percent(cores * 100) },
  slab: { title: 'slab', ink: 'magenta', print: bytes },
  dying: { title: 'dying memory cgroups', ink: 'red', print: count },
  read: { title: 'root read of memory.stat', ink: 'yellow', print: seconds },
};

function graphLines(state: FleetState, detail: NodeDetail, size: Size): StyledLine[] {
  const two = size.columns >= TWO_GRAPHS_FROM;
  const columns = two ? Math.floor(size.columns / 2) : size.columns;
  const across = two ? 2 : 1;
  const shown = DEAREST.slice(0, across * Math.max(1, Math.floor(size.rows / SMALLEST_GRAPH)));
  const rows = Math.max(SMALLEST_GRAPH, Math.floor((size.rows * across) / shown.length));
  const specs = Object.entries(GRAPHS).filter(([id]) => shown.includes(id as NodeGraph));
  const boxes = specs.map(([id, spec], index) =>
    box(state, detail.graphs[id as NodeGraph], spec, {
      columns: two && index % 2 === 1 ? size.columns - columns : columns,
      rows,
    }),
  );
  const [first = [], second = [], third = [], fourth = []] = boxes;
  return two
    ? [...beside(first, columns, second), ...beside(third, columns, fourth)]
    : [...first, ...second, ...third, ...fourth];
}

function box(state: FleetState, graph: Maybe<Series>, { title, ink, print }: GraphSpec, size: Size): StyledLine[] {
  const span = NODE_SPANS[state.span] ?? NODE_SPANS[0];
  const last = isMissing(graph) ? graph : graph.last;
  const frame = { title, headline: [[valueRun(last, print, { bold: true })]], ...size, chosen: false };
  if (isMissing(graph)) return drawBox(frame, [[run(printable(reasonSentence(graph)), { ink: 'dim' })]]);
  return drawBox(
    frame,
    drawGraph(
      { series: graph, fold: 'peak', atLeast: 0, ink, print },
      {
        columns: insideColumns(size.columns),
        rows: Math.max(1, size.rows - 3),
        axis: true,
        style: state.theme.graph,
        span: { span: { untilSeconds: engineNowSeconds(state), spanSeconds: span.seconds }, label: span.label },
        marks: [],
      },
    ),
  );
}

function findingLines({ findings, missing, at }: NodeDetail, columns: number): StyledLine[] {
  const lines: StyledLine[] = [];
  if (isMissing(findings)) lines.push([run(` ${printable(reasonSentence(findings))}`, { ink: 'dim' })]);
  else {
    const bad = findings.filter(({ state }) => state !== 'ok' && state !== 'info');
    const fine = findings.length - bad.length;
    for (const { rule, state } of bad) {
      lines.push([run(` ${STATE_WORD[state].padEnd(8)}`, stateStyle(state)), run(printable(rule))]);
    }
    const said = findings.length === 0 ? 'its rules are not known' : `${fine} rules have nothing to say`;
    lines.push([run(` ${said}`, { ink: 'dim' })]);
  }
  if (!isMissing(missing) && missing.length > 0) {
    const words = missing.map(({ field, reason }) => `${field} (${reason})`).join(', ');
    lines.push([run(` not known: ${printable(words)}`.slice(0, columns), { ink: 'dim' })]);
  }
  lines.push([run(` asked at ${clockTime(at)}; { } change the stretch of the graphs`, { ink: 'dim' })]);
  return lines;
}
