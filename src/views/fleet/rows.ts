import { isKnown, isMissing, type Maybe } from '../../core/missing.ts';
import type { Culprit, FleetEvent, FleetNode, KernelRow } from '../../fleet/model.ts';
import { CULPRIT_COLUMNS, kernelColumns, nodeColumns } from '../../format/fleet-tables.ts';
import { type Column, sortRows } from '../../format/table.ts';
import { matches } from '../filter.ts';
import { paneSize } from '../pane-size.ts';
import { matrixWord } from './matrix-word.ts';
import type { FleetState } from './state.ts';
import { trendText } from './trend-text.ts';

/** Columns that sort alike whatever is marked; what a row looks like does not matter for its order. */
const SORTING_NODES = nodeColumns(new Set(), () => '');

/** Columns of kernels with the matrix's word. */
export const KERNELS: readonly Column<KernelRow>[] = kernelColumns(matrixWord);

/** Columns by which nodes can be sorted. */
export const NODE_SORTS = SORTING_NODES.filter(({ compare }) => compare !== undefined).map(({ id }) => id);

/** Columns of nodes as they look now. */
export function nodeColumnsOf({ marked, theme }: FleetState): readonly Column<FleetNode>[] {
  return nodeColumns(marked, (points, columns) => trendText(points, columns, theme.unicode));
}

/** The nodes in the order shown. */
export function nodeRows({ model, tables }: FleetState): readonly FleetNode[] {
  const { filter, sort, inverted } = tables.nodes;
  const found = (model?.nodes ?? []).filter(({ name, labels }) => matches(filter, name, ...Object.values(labels)));
  return sortRows(found, SORTING_NODES, sort, inverted);
}

/** Columns whose values come with the list; by any other the order needs the facts of all rows. */
const LISTED_COLUMNS: readonly (string | undefined)[] = [undefined, 'state', 'node', 'read', 'dying'];

/** The nodes whose facts are wanted: those in sight, or all of them where the order hangs on them. */
export function wantedNodes(state: FleetState): readonly FleetNode[] {
  const { top, sort } = state.tables.nodes;
  const rows = nodeRows(state);
  return LISTED_COLUMNS.includes(sort) ? rows.slice(top, top + paneSize(state.size).rows) : rows;
}

/** The sick among the marked nodes, or among all. */
export function nodesToRelieve({ model, marked }: FleetState): readonly FleetNode[] {
  const chosen = (model?.nodes ?? []).filter(({ key }) => marked.size === 0 || marked.has(key));
  return chosen.filter(({ state }) => state === 'critical' || state === 'warning');
}

/** The kernels in the order shown. */
export function kernelRows({ model, tables }: FleetState): readonly KernelRow[] {
  const { filter, sort, inverted } = tables.kernels;
  const rows = model === undefined || isMissing(model.kernels) ? [] : model.kernels;
  return sortRows(
    rows.filter(({ kernel }) => matches(filter, kernel)),
    KERNELS,
    sort,
    inverted,
  );
}

/** The workloads in the order shown. */
export function culpritRows({ culprits, tables }: FleetState): readonly Culprit[] {
  const { filter, sort, inverted } = tables.culprits;
  const found = known(culprits).filter(({ namespace, workload }) => matches(filter, namespace, workload));
  return sortRows(found, CULPRIT_COLUMNS, sort, inverted);
}

/** The events, newest first. */
export function eventRows({ events, tables }: FleetState): readonly FleetEvent[] {
  return known(events).filter(({ name }) => matches(tables.events.filter, name));
}

/** The node that a key is about: the one that is open, or the one under the cursor. */
export function nodeInFocus(state: FleetState): FleetNode | undefined {
  if (state.pane === 'node') return state.model?.nodes.find(({ key }) => key === state.openKey);
  return nodeRows(state)[state.tables.nodes.cursor ?? 0];
}

function known<T>(rows: Maybe<readonly T[]>): readonly T[] {
  return isKnown(rows) ? rows : [];
}
