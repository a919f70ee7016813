import { run, type StyledLine } from '../../format/styled.ts';
import { sortRows } from '../../format/table.ts';
import type { CallTree } from '../../profile/call-tree.ts';
import { type FlameSearch, searchFunctions } from '../../profile/flame-search.ts';
import type { TopRow } from '../../profile/top.ts';
import { topColumns } from '../../tables/profile-top.ts';
import type { ShownProfile } from '../capture-state.ts';
import { matches } from '../filter.ts';
import { flameLines, neighbour } from '../flame-cursor.ts';
import type { Action } from '../keymap.ts';
import type { Pane, Shown } from '../pane.ts';
import { rowsMemo } from '../rows-memo.ts';
import { shownOf } from '../shown.ts';
import type { Size, State } from '../state.ts';
import { type Step, step } from '../step.ts';
import { tableLines } from '../table-lines.ts';
import { drawNoProfile } from './profile-empty.ts';
import { drawFlame, flameLegend, flameStatus } from './profile-flame.ts';
import { profileHead } from './profile-head.ts';
import { type ProfileLayout, profileLayout } from './profile-layout.ts';

const DEFAULT_SORT = 'flat';

/** A profile of kubelet: the answer, a flame graph to walk in, and the functions by their time. */
export const profilePane: Pane = {
  id: 'profile',
  digit: '5',
  title: 'Profile',
  keys: [
    {
      keys: ['enter'],
      action: 'open',
      group: 'Here',
      help: 'zoom in; in the table: show in the graph',
      footer: 'zoom in',
    },
    { keys: ['backspace'], action: 'back', group: 'Here', help: 'zoom out again, frame by frame' },
    { keys: ['left'], action: 'left', group: 'Here', help: 'the frame on the left' },
    { keys: ['right'], action: 'right', group: 'Here', help: 'the frame on the right' },
    {
      keys: ['o'],
      action: 'other-part',
      group: 'Here',
      help: 'arrows move in the graph, or in the table',
      footer: 'graph or table',
    },
  ],
  sorts: ['flat', 'cum', 'function'],
  defaultSort: DEFAULT_SORT,
  rowCount: (shown) => rowsOf(shown).length,
  visibleRows: (shown, size) => Math.max(0, (layoutOf(shown, size)?.topRows ?? 0) - 1),
  graphs: () => [],
  draw: (shown, size) => {
    const { profile } = shown.state;
    return profile.kind === 'taken' ? draw(shown, profile, size) : drawNoProfile(profile, shown.model, size.columns);
  },
  act: ({ state }, action) => (state.profile.kind === 'taken' ? act(state, state.profile, action) : undefined),
};

function draw(shown: Shown, profile: ShownProfile, size: Size): StyledLine[] {
  const { columns } = size;
  const layout = layoutOf(shown, size);
  if (layout === undefined) return [];
  const { filter, sort, top, cursor } = shown.state.tables.profile;
  const found = filter === '' ? undefined : search(profile, filter);
  const flame = drawFlame(profile, { columns, rows: layout.flameRows }, found);
  while (flame.length < layout.flameRows) flame.push([]);
  const table = tableLines(rowsOf(shown), topColumns(profile.profiled.profile.cpuNanoseconds), {
    columns,
    rows: layout.topRows,
    top,
    cursor: profile.focus === 'top' ? cursor : undefined,
    limits: shown.diagnosis.thresholds,
    sort: sort ?? DEFAULT_SORT,
    none: 'no function has this in its name',
  });
  return [
    ...profileHead(profile.profiled, shown.model, columns).slice(0, layout.headRows),
    ...(layout.legendRows === 0 ? [] : [flameLegend(columns)]),
    ...flame,
    layout.flameRows === 0
      ? [run(' o: the flame graph', { ink: 'dim' })]
      : flameStatus(profile, columns, found === undefined ? undefined : { text: filter, found }),
    ...table,
  ];
}

function layoutOf({ state, model }: Shown, size: Size): ProfileLayout | undefined {
  const { profile } = state;
  if (profile.kind !== 'taken') return undefined;
  return profileLayout(size, profileHead(profile.profiled, model, size.columns).length, profile.focus);
}

const keptRows = rowsMemo<TopRow, TopRow>();

function rowsOf({ state }: Shown): readonly TopRow[] {
  const { profile } = state;
  if (profile.kind !== 'taken') return [];
  const { filter, sort, inverted } = state.tables.profile;
  const { top, profile: decoded } = profile.profiled;
  return keptRows(top, [filter, sort, inverted], () => {
    const found = top.filter((row) => matches(filter, row.name));
    return sortRows(found, topColumns(decoded.cpuNanoseconds), sort ?? DEFAULT_SORT, inverted);
  });
}

const keptSearch = new WeakMap<CallTree, { readonly text: string; readonly found: FlameSearch }>();

/** Searched once for each text: a large profile has many nodes, and the screen is drawn every second. */
function search({ profiled }: ShownProfile, text: string): FlameSearch {
  const before = keptSearch.get(profiled.tree);
  if (before?.text === text) return before.found;
  const found = searchFunctions(profiled.tree, (name) => matches(text, name));
  keptSearch.set(profiled.tree, { text, found });
  return found;
}

function act(state: State, profile: ShownProfile, action: Action): Step | undefined {
  const changed = (change: Partial<ShownProfile>): Step => step({ ...state, profile: { ...profile, ...change } });
  const { tree } = profile.profiled;
  switch (action) {
    case 'other-part':
      return changed({ focus: profile.focus === 'flame' ? 'top' : 'flame' });
    case 'back':
      return changed({ zoom: tree.parent[profile.zoom] ?? 0, cursor: profile.zoom });
    case 'open':
      return profile.focus === 'flame'
        ? changed({ zoom: profile.cursor })
        : changed({ focus: 'flame', zoom: 0, cursor: largestNodeOf(state, profile) });
    case 'escape':
      return profile.zoom === 0 || state.tables.profile.filter !== '' ? undefined : changed({ zoom: 0 });
    case 'up':
    case 'down':
    case 'left':
    case 'right': {
      if (profile.focus === 'top') return undefined;
      const lines = flameLines(tree, profile.zoom, state.size.columns);
      return changed({ cursor: neighbour(tree, lines, profile.cursor, action) });
    }
    default:
      return undefined;
  }
}

/** Where the function under the table's cursor takes the most time. */
function largestNodeOf(state: State, profile: ShownProfile): number {
  const shown = shownOf(state);
  if (shown === undefined) return 0;
  const row = rowsOf(shown)[state.tables.profile.cursor ?? 0];
  const { tree } = profile.profiled;
  let largest = 0;
  let nanoseconds = -1;
  for (let node = 1; node < tree.size; node++) {
    const total = tree.totalNanoseconds[node] ?? 0;
    if (tree.functions[tree.functionOf[node] ?? 0] !== row?.name || total <= nanoseconds) continue;
    largest = node;
    nanoseconds = total;
  }
  return largest;
}
