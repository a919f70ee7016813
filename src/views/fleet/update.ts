import { isMissing } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { withFacts } from '../../fleet/derive-list.ts';
import { commandsOf, proposeWaves, shellWord } from '../../fleet/waves.ts';
import { count } from '../../format/quantity.ts';
import { actionOf, keyId, shownKey } from '../keymap.ts';
import { noticed, withoutNotice, wrongKey } from '../notice.ts';
import { paneSize } from '../pane-size.ts';
import { moved, shownTable, sortedBy, typedFilter, withTable } from '../table-state.ts';
import type { Key } from '../terminal/key.ts';
import { FLEET_KEYS, type FleetAction } from './keymap.ts';
import type { FleetEffect, FleetMessage } from './message.ts';
import { FLEET_PANES, fleetPane } from './panes.ts';
import { nodeInFocus, nodeRows, nodesToRelieve, wantedNodes } from './rows.ts';
import { type FleetDialog, type FleetPaneId, type FleetState, NODE_SPANS } from './state.ts';

/** What a message leads to. */
export interface FleetStep {
  readonly state: FleetState;
  readonly effects: readonly FleetEffect[];
}

/** Seconds between two refreshes that `+` and `-` go through. */
const INTERVALS = [15, 30, 60, 120, 300, 600];

/** The only way the fleet's state changes. */
export function updateFleet(state: FleetState, message: FleetMessage): FleetStep {
  switch (message.kind) {
    case 'key':
      return withNewRows(state, pressed(state, message.key));
    case 'resize':
      return withNewRows(state, step(keepInSight({ ...state, size: message.size })));
    case 'clock':
      return step({ ...state, now: message.now });
    case 'refreshing':
      return step({ ...state, refreshing: true });
    case 'fleet':
      return listed(state, message.model);
    case 'facts':
      return step(learned(state, message.facts));
    case 'graphs':
      return step({ ...state, graphs: message.graphs });
    case 'culprits':
      return step({ ...state, culprits: message.culprits });
    case 'events':
      return step({ ...state, events: message.events });
    case 'detail':
      // The answer about a node that was left meanwhile.
      if (!isMissing(message.detail) && message.detail.key !== state.openKey) return step(state);
      return step({ ...state, detail: message.detail });
    case 'notice':
      return step(noticed(state, message.text, message.severity));
    case 'notice-over':
      return step(withoutNotice(state, message.notice));
    case 'paste':
      return pasted(state, message.text);
    case 'waves':
      return waves(state);
    case 'exported': {
      const exported = [...state.exported, ...message.paths];
      return step(noticed({ ...state, exported }, `written: ${message.paths.join(', ')}`, 'ok'));
    }
  }
}

/** Rows that come into sight, by whatever key, have no facts yet. */
function withNewRows(before: FleetState, after: FleetStep): FleetStep {
  const { state, effects } = after;
  if (state.pane !== 'nodes' || effects.some(({ kind }) => kind === 'refresh')) return after;
  const had = new Set(wantedNodes(before).map(({ key }) => key));
  const found = wantedNodes(state).some(({ key }) => !had.has(key));
  return found ? { state, effects: [...effects, { kind: 'ask', what: 'facts' }] } : after;
}

function step(state: FleetState, ...effects: FleetEffect[]): FleetStep {
  return { state, effects };
}

/** The cursor stays on its node while the order changes; facts of the rows in sight are asked for. */
function listed(state: FleetState, model: Extract<FleetMessage, { kind: 'fleet' }>['model']): FleetStep {
  if (isMissing(model)) return step({ ...state, failure: model, refreshing: false });
  const next: FleetState = { ...state, model, failure: undefined, refreshing: false };
  const at = nodeRows(next).findIndex(({ key }) => key === state.cursorKey);
  const before = next.tables.nodes;
  const nodes = at === -1 ? before : { ...before, cursor: at };
  const asked: FleetEffect[] = [{ kind: 'ask', what: 'facts' }];
  if (state.pane === 'culprits') asked.push({ kind: 'ask', what: 'culprits' });
  if (state.pane === 'events') asked.push({ kind: 'ask', what: 'events' });
  if (state.pane === 'node') asked.push({ kind: 'ask', what: 'detail' });
  return step(keepInSight({ ...next, tables: { ...next.tables, nodes } }), ...asked);
}

function learned(state: FleetState, facts: Extract<FleetMessage, { kind: 'facts' }>['facts']): FleetState {
  const { model } = state;
  if (model === undefined) return state;
  const nodes = model.nodes.map((node) => withFacts(node, facts.get(node.key)));
  return { ...state, model: { ...model, nodes } };
}

function pressed(state: FleetState, key: Key): FleetStep {
  if (key.ctrl && key.name === 'c') return step(state, { kind: 'quit' });
  if (state.dialog !== undefined) return inDialog(state, state.dialog, key);
  if (state.typingFilter) {
    const typed = typedFilter(state, key);
    if (typed !== undefined) return filtered(state, typed);
  }
  const chosen = key.ctrl ? undefined : FLEET_PANES.find(({ digit }) => digit === key.name);
  if (chosen !== undefined) return opened(state, chosen.id);
  const action = actionOf(key, FLEET_KEYS);
  if (action === undefined) return step(wrongKey(state, shownKey(keyId(key))));
  return act(state, action);
}

/** Text from the clipboard is typed where text is typed; elsewhere its letters are no keys. */
function pasted(state: FleetState, text: string): FleetStep {
  if (state.dialog !== undefined || !state.typingFilter) {
    return step(noticed(state, 'pasted text does nothing here', 'info'));
  }
  const line = printable(text.trim().replace(/[\r\n].*/s, ''));
  return step(keepInSight(withTable(state, { filter: shownTable(state).filter + line })));
}

/** In Nodes a filter that is kept is asked for: a healthy node is not in the list of the sick. */
function filtered(state: FleetState, typed: FleetState): FleetStep {
  const done = state.typingFilter && !typed.typingFilter && state.pane === 'nodes';
  return done ? step(keepInSight(typed), { kind: 'refresh' }) : step(keepInSight(typed));
}

function inDialog(state: FleetState, dialog: FleetDialog, key: Key): FleetStep {
  const action = actionOf(key, FLEET_KEYS);
  const closed = { ...state, dialog: undefined };
  if (dialog.kind === 'go-live') {
    if (key.name === 'enter') return step(closed, { kind: 'go-live', name: dialog.name });
    return action === 'escape' || action === 'quit' ? step(closed) : step(state);
  }
  switch (action) {
    case 'escape':
    case 'quit':
      return step(closed);
    case 'help':
      return dialog.kind === 'help' ? step(closed) : step(state);
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down': {
      const page = Math.max(1, state.size.rows - 4);
      const by = { up: -1, down: 1, 'page-up': -page, 'page-down': page }[action];
      return step({ ...state, dialog: { ...dialog, top: Math.max(0, dialog.top + by) } });
    }
    case 'redraw':
    case 'suspend':
      return step(state, { kind: action });
    default:
      return step(state);
  }
}

function act(state: FleetState, action: FleetAction): FleetStep {
  const page = Math.max(1, fleetPane(state.pane).visibleRows(state, paneSize(state.size)) - 1);
  switch (action) {
    case 'quit':
    case 'suspend':
    case 'redraw':
      return step(state, { kind: action });
    case 'help':
      return step({ ...state, dialog: { kind: 'help', top: 0 } });
    case 'escape':
      return left(state);
    case 'next-pane':
      return opened(state, neighbour(state, 1));
    case 'previous-pane':
      return opened(state, neighbour(state, -1));
    case 'up':
      return move(state, -1);
    case 'down':
      return move(state, 1);
    case 'page-up':
      return move(state, -page);
    case 'page-down':
      return move(state, page);
    case 'first':
      return move(state, Number.NEGATIVE_INFINITY);
    case 'last':
      return move(state, Number.POSITIVE_INFINITY);
    case 'filter':
      return step({ ...state, typingFilter: true });
    case 'sort-next':
      return step(sortedByNeighbour(state, 1));
    case 'sort-previous':
      return step(sortedByNeighbour(state, -1));
    case 'invert':
      return step(withTable(state, { inverted: !shownTable(state).inverted }));
    case 'slower':
      return otherInterval(
        state,
        INTERVALS.find((seconds) => seconds > state.intervalSeconds),
      );
    case 'faster':
      return otherInterval(
        state,
        INTERVALS.findLast((seconds) => seconds < state.intervalSeconds),
      );
    case 'refresh':
      return step(state, { kind: 'refresh' });
    case 'export':
      return step(state, { kind: 'export' });
    case 'waves':
      return askForWaves(state);
    case 'shorter':
      return otherSpan(state, -1);
    case 'longer':
      return otherSpan(state, 1);
    case 'open':
    case 'mark':
    case 'command':
    case 'go-live':
      return aboutNode(state, action);
    default:
      return step(state);
  }
}

/** What a key does with the node under the cursor, or the one that is open. */
function aboutNode(state: FleetState, action: 'open' | 'mark' | 'command' | 'go-live'): FleetStep {
  const node = state.pane === 'nodes' || state.pane === 'node' ? nodeInFocus(state) : undefined;
  if (node === undefined) return step(noticed(state, 'no node is selected', 'info'));
  const { key, name } = node;
  switch (action) {
    case 'open':
      return opened({ ...state, openKey: key }, 'node');
    case 'mark': {
      const marked = new Set(state.marked);
      if (!marked.delete(key)) marked.add(key);
      return move({ ...state, marked }, 1);
    }
    case 'command': {
      const word = shellWord(name);
      const file = shellWord(`${name.replaceAll('/', '-')}.tar.gz`);
      const lines = [`kubectl slabtop ${word}`, `kubectl slabtop ${word} snapshot --format bundle -o ${file}`];
      return copied(state, name, lines);
    }
    case 'go-live':
      if (state.demo) return step(noticed(state, 'the demo has no node to go to', 'info'));
      return step({ ...state, dialog: { kind: 'go-live', name } });
  }
}

function opened(state: FleetState, pane: FleetPaneId): FleetStep {
  const openKey = pane === 'node' ? (state.openKey ?? nodeInFocus({ ...state, pane: 'nodes' })?.key) : state.openKey;
  const next = { ...state, pane, openKey, typingFilter: false };
  const asking = { unavailable: 'warming-up', detail: 'asking the engine' } as const;
  if (pane === 'node') {
    const fresh = isMissing(state.detail) || state.detail.key !== openKey ? { ...next, detail: asking } : next;
    return openKey === undefined ? step(next) : step(fresh, { kind: 'ask', what: 'detail' });
  }
  if (pane === 'culprits' || pane === 'events') return step(keepInSight(next), { kind: 'ask', what: pane });
  return step(keepInSight(next));
}

function left(state: FleetState): FleetStep {
  if (shownTable(state).filter !== '') {
    const next = keepInSight(withTable(state, { filter: '' }));
    return state.pane === 'nodes' ? step(next, { kind: 'refresh' }) : step(next);
  }
  if (state.notice !== undefined) return step({ ...state, notice: undefined });
  if (state.pane !== 'nodes') return opened(state, 'nodes');
  return step({ ...state, marked: new Set() });
}

/** What pins the dying decides between drop and drain: it is asked for of all of them, in sight or not. */
function askForWaves(state: FleetState): FleetStep {
  const { length } = nodesToRelieve(state);
  if (length === 0) return step(noticed(state, 'no node is sick: nothing to relieve', 'info'));
  const asking = `asking what pins the dying of ${count(length)} ${length === 1 ? 'node' : 'nodes'}`;
  return step(noticed(state, asking, 'info'), { kind: 'ask', what: 'waves' });
}

function waves(state: FleetState): FleetStep {
  const proposed = proposeWaves(nodesToRelieve(state), state.waveSize);
  if (proposed.length === 0) return step(noticed(state, 'no node is sick: nothing to relieve', 'info'));
  const lines = proposed.flatMap((wave, index) => [
    `# wave ${index + 1} of ${proposed.length}: at most ${state.waveSize} nodes at once`,
    ...commandsOf(wave),
    '',
  ]);
  return copied({ ...state, notice: undefined }, 'Waves: an order, nothing runs it', lines);
}

/** Copies lines, and shows them. */
function copied(state: FleetState, title: string, lines: readonly string[]): FleetStep {
  const dialog = { kind: 'commands', title, lines, top: 0 } as const;
  return step({ ...state, dialog }, { kind: 'copy', text: lines.join('\n') });
}

function otherSpan(state: FleetState, by: number): FleetStep {
  const span = Math.min(NODE_SPANS.length - 1, Math.max(0, state.span + by));
  return state.pane === 'node' ? step({ ...state, span }, { kind: 'ask', what: 'detail' }) : step({ ...state, span });
}

function otherInterval(state: FleetState, seconds: number | undefined): FleetStep {
  if (seconds === undefined) return step(state);
  return step(noticed({ ...state, intervalSeconds: seconds }, `the engine is asked every ${seconds} s`, 'info'), {
    kind: 'set-interval',
    seconds,
  });
}

function neighbour({ pane }: FleetState, by: number): FleetPaneId {
  const at = FLEET_PANES.findIndex(({ id }) => id === pane);
  return FLEET_PANES[(at + by + FLEET_PANES.length) % FLEET_PANES.length]?.id ?? 'nodes';
}

function sortedByNeighbour(state: FleetState, by: number): FleetState {
  const { sorts } = fleetPane(state.pane);
  if (sorts.length === 0) return noticed(state, 'no table to sort in this pane', 'info');
  const at = sorts.indexOf(shownTable(state).sort ?? '');
  const next = sorts[(Math.max(at, by > 0 ? -1 : 0) + by + sorts.length) % sorts.length];
  return next === undefined ? state : keepInSight(sortedBy(state, next));
}

function move(state: FleetState, by: number): FleetStep {
  const next = moveBy(state, by);
  const cursorKey = next.pane === 'nodes' ? nodeInFocus(next)?.key : next.cursorKey;
  return step({ ...next, cursorKey });
}

function moveBy(state: FleetState, by: number): FleetState {
  const pane = fleetPane(state.pane);
  return moved(state, by, pane.rowCount(state), pane.visibleRows(state, paneSize(state.size)));
}

function keepInSight(state: FleetState): FleetState {
  return moveBy(state, 0);
}
