import { isKnown } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import { askDrop, updateDropDialog } from './drop-dialog.ts';
import type { Distance, Effect, ReplayWish } from './effect.ts';
import { type Action, actionOf, commonKeys, keyId, shownKey } from './keymap.ts';
import type { Message } from './message.ts';
import { noticed, withoutNotice, wrongKey } from './notice.ts';
import type { Shown } from './pane.ts';
import { paneSize } from './pane-size.ts';
import { PAGES, PANES, paneByDigit, paneOf } from './panes.ts';
import { shownOf } from './shown.ts';
import type { Dialog, Replaying, State } from './state.ts';
import { type Step, step } from './step.ts';
import { moved, shownTable, sortedBy, typedFilter, withTable } from './table-state.ts';
import type { Key } from './terminal/key.ts';
import { updateTraceDialog } from './trace-dialog.ts';

/** Intervals that `+` and `-` go through. */
const INTERVALS = [0.5, 1, 2, 3, 5, 10, 30, 60];

/** The only way the state changes. */
export function update(state: State, message: Message): Step {
  switch (message.kind) {
    case 'key':
      return pressed(state, message.key);
    case 'resize':
      return step(keepInSight({ ...state, size: message.size }));
    case 'model': {
      const { model, history, diagnosis } = message;
      const news = { model, history, diagnosis, sinceModelSeconds: 0, samplerSilentSeconds: undefined };
      return step(keepInSight({ ...state, ...news }));
    }
    case 'past':
      return step(state.paused === undefined ? state : keepInSight({ ...state, paused: message.moment }));
    case 'clock':
      return step({ ...state, sinceModelSeconds: message.sinceModelSeconds });
    case 'notice':
      return step(noticed(state, message.text, message.severity));
    case 'notice-over':
      return step(withoutNotice(state, message.notice));
    case 'paste':
      return step(pasted(state, message.text));
    case 'exported': {
      const exported = [...state.exported, { path: message.path, at: message.at }];
      return step(noticed({ ...state, exported }, `written: ${message.path}`, 'ok'));
    }
    case 'drop-progress':
      return step(dropProgress(state, message));
    case 'dropping':
      return step({ ...state, dropping: message.dropping });
    case 'sampler-silent':
      return step({ ...state, samplerSilentSeconds: message.seconds });
    case 'machine':
      return step({ ...state, machine: message.machine });
    case 'sampler-back':
      return step({ ...state, samplerSilentSeconds: undefined });
    case 'interval':
      return step({ ...state, intervalSeconds: message.seconds });
    case 'replay':
      return step({ ...state, replay: message.replay });
    case 'profile':
      return step(keepInSight({ ...state, profile: message.profile }));
    case 'trace':
      return step(traceTold(state, message.trace));
  }
}

/** A trace that is over shows its result where somebody waited for it, and says so to all others. */
function traceTold(state: State, trace: State['trace']): State {
  const next = { ...state, trace };
  const over = state.trace.running !== undefined && trace.running === undefined;
  if (!over) return next;
  const waited = state.dialog?.kind === 'trace-watch';
  if (trace.failed !== undefined) return waited ? next : noticed(next, `strace: ${trace.failed}`, 'warning');
  return waited ? opened({ ...next, dialog: undefined }, 'trace') : noticed(next, 'strace is done: 4, then v', 'ok');
}

function pressed(state: State, key: Key): Step {
  if (key.ctrl && key.name === 'c') return step(state, { kind: 'quit' });
  if (state.dialog?.kind === 'drop-ask') {
    const reaction = updateDropDialog(state, state.dialog, key);
    if (reaction !== undefined) return reaction;
    const common = actionOf(key, commonKeys(state));
    return common === 'redraw' || common === 'suspend' ? act(state, common) : step(state);
  }
  const inTrace = state.dialog === undefined ? undefined : updateTraceDialog(state, state.dialog, key);
  if (inTrace !== undefined) return inTrace;
  if (state.dialog?.kind === 'go-to') return typedTime(state, state.dialog, key);
  if (state.typingFilter) {
    const typed = typedFilter(state, key);
    if (typed !== undefined) return step(keepInSight(typed));
  }
  const pane = paneOf(state.pane);
  const chosen = key.ctrl ? undefined : paneByDigit(key.name);
  if (chosen !== undefined && state.dialog === undefined) return act(state, `pane:${chosen.id}`);
  const action = actionOf(key, [...pane.keys, ...commonKeys(state)]);
  if (action !== undefined) return act(state, action);
  return step(state.dialog === undefined ? wrongKey(state, shownKey(keyId(key))) : state);
}

/** Text from the clipboard is typed where text is typed; elsewhere its letters are no keys. */
function pasted(state: State, text: string): State {
  const line = printable(text.trim().replace(/[\r\n].*/s, ''));
  if (state.dialog?.kind === 'go-to') {
    const { dialog } = state;
    return { ...state, dialog: { ...dialog, text: (dialog.text + line).slice(0, MOST_TIME_CHARACTERS) } };
  }
  if (state.dialog === undefined && state.typingFilter) {
    return keepInSight(withTable(state, { filter: shownTable(state).filter + line }));
  }
  return noticed(state, 'pasted text does nothing here', 'info');
}

/** Keys that mean something while a dialog is open; all others close nothing and do nothing. */
function actInDialog(state: State, action: Action): Step | undefined {
  const { dialog } = state;
  if (dialog === undefined) return undefined;
  const closed = { ...state, dialog: undefined };
  switch (action) {
    case 'quit':
      return dialog.kind === 'help' || dialog.kind === 'command' ? step(closed) : step(state, { kind: 'quit' });
    case 'redraw':
    case 'suspend':
      return undefined;
    case 'escape':
      return step(closed);
    case 'help':
      return dialog.kind === 'help' ? step(closed) : step(state);
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down': {
      if (dialog.kind !== 'help' && dialog.kind !== 'command') return step(state);
      const by = { up: -1, down: 1, 'page-up': -state.size.rows + 4, 'page-down': state.size.rows - 4 }[action];
      return step({ ...state, dialog: { ...dialog, top: Math.max(0, dialog.top + by) } });
    }
    default:
      return step(state);
  }
}

function act(state: State, action: Action): Step {
  const inDialog = actInDialog(state, action);
  if (inDialog !== undefined) return inDialog;
  const shown = shownOf(state);
  const pane = paneOf(state.pane);
  const own = shown === undefined ? undefined : pane.act?.(shown, action);
  if (own !== undefined) return { ...own, state: keepInSight(own.state) };
  if (action.startsWith('pane:')) {
    const found = PAGES.find((each) => `pane:${each.id}` === action);
    return step(found === undefined ? state : opened(state, found.id));
  }
  if (action.startsWith('sort:')) return step(keepInSight(sortedBy(state, action.slice('sort:'.length))));
  return actCommonly(state, action, shown);
}

function actCommonly(state: State, action: Action, shown: Shown | undefined): Step {
  const page = Math.max(1, visibleRows(state) - 1);
  switch (action) {
    case 'quit':
    case 'suspend':
    case 'redraw':
      return step(state, { kind: action });
    case 'help':
      return step({ ...state, dialog: { kind: 'help', top: 0 } });
    case 'escape':
      return step(left(state));
    case 'next-pane':
      return step(neighbourPane(state, 1));
    case 'previous-pane':
      return step(neighbourPane(state, -1));
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
    case 'left':
    case 'right':
      return step(otherGraph(state, action === 'left' ? -1 : 1, shown));
    case 'filter':
      return step({ ...state, typingFilter: true, zoomed: false });
    case 'sort-next':
      return step(keepInSight(sortedByNeighbour(state, 1)));
    case 'sort-previous':
      return step(keepInSight(sortedByNeighbour(state, -1)));
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
    case 'pause':
    case 'step-back':
    case 'step-forward':
    case 'minute-back':
    case 'minute-forward':
      return state.replay === undefined ? lookBack(state, action) : replayed(state, state.replay, action);
    case 'play-faster':
      return wished(state, { kind: 'faster' });
    case 'play-slower':
      return wished(state, { kind: 'slower' });
    case 'next-event':
    case 'previous-event':
      return wished(state, { kind: action });
    case 'go-to':
      return step({ ...state, dialog: { kind: 'go-to', text: '' } });
    case 'time-read':
      return timeRead(state, shown);
    case 'export':
      return step(state, { kind: 'export' });
    case 'zoom':
      return step(zoomedOrNot(state, shown));
    case 'drop':
      return step(askDrop(state));
    default:
      return step(state);
  }
}

function opened(state: State, id: State['pane']): State {
  return keepInSight({ ...state, pane: id, zoomed: false, typingFilter: false, graph: undefined });
}

function neighbourPane(state: State, by: number): State {
  const at = PANES.findIndex((pane) => pane.digit === paneOf(state.pane).digit);
  const next = PANES[(at + by + PANES.length) % PANES.length];
  return next === undefined ? state : opened(state, next.id);
}

/** Leaves the innermost thing that is open. */
function left(state: State): State {
  if (state.zoomed) return { ...state, zoomed: false };
  if (shownTable(state).filter !== '') return keepInSight(withTable(state, { filter: '' }));
  if (state.notice !== undefined) return { ...state, notice: undefined };
  if (state.pane === 'trace') return opened(state, 'kubelet');
  if (state.pane !== 'overview') return opened(state, 'overview');
  return { ...withTable(state, { cursor: undefined, top: 0 }), graph: undefined };
}

function visibleRows(state: State): number {
  const shown = shownOf(state);
  return shown === undefined ? 1 : paneOf(state.pane).visibleRows(shown, paneSize(state.size));
}

function rowCount(state: State): number {
  const shown = shownOf(state);
  return shown === undefined ? 0 : paneOf(state.pane).rowCount(shown);
}

function move(state: State, by: number): Step {
  return step(moved(state, by, rowCount(state), visibleRows(state)));
}

/** Rows come and go with every model and every key of a filter: the cursor stays on a row that there is. */
function keepInSight(state: State): State {
  return moved(state, 0, rowCount(state), visibleRows(state));
}

function otherGraph(state: State, by: number, shown: Shown | undefined): State {
  const count = shown === undefined ? 0 : paneOf(state.pane).graphs(shown).length;
  if (count === 0) return state;
  const next = state.graph === undefined ? (by > 0 ? 0 : count - 1) : (state.graph + by + count) % count;
  return { ...state, graph: next };
}

function zoomedOrNot(state: State, shown: Shown | undefined): State {
  const graphs = shown === undefined ? [] : paneOf(state.pane).graphs(shown);
  if (state.zoomed) return { ...state, zoomed: false };
  return graphs.length === 0 ? noticed(state, 'no graph in this pane', 'info') : { ...state, zoomed: true };
}

function sortedByNeighbour(state: State, by: number): State {
  const { sorts, defaultSort } = paneOf(state.pane);
  if (sorts.length === 0) return noticed(state, 'no table to sort in this pane', 'info');
  const at = sorts.indexOf(shownTable(state).sort ?? defaultSort ?? '');
  const next = sorts[(Math.max(at, by > 0 ? -1 : 0) + by + sorts.length) % sorts.length];
  return next === undefined ? state : sortedBy(state, next);
}

function otherInterval(state: State, seconds: number | undefined): Step {
  if (seconds === undefined) return step(state);
  return step({ ...state, intervalSeconds: seconds }, { kind: 'set-interval', seconds });
}

type TimeAction = 'pause' | 'step-back' | 'step-forward' | 'minute-back' | 'minute-forward';

function lookBack(state: State, action: TimeAction): Step {
  switch (action) {
    case 'pause':
      return pausedOrNot(state);
    case 'step-back':
      return look(state, { steps: -1 });
    case 'step-forward':
      return look(state, { steps: 1 });
    case 'minute-back':
      return look(state, { seconds: -60 });
    case 'minute-forward':
      return look(state, { seconds: 60 });
  }
}

function replayed(state: State, { playing }: Replaying, action: TimeAction): Step {
  switch (action) {
    case 'pause':
      return wished(state, { kind: playing ? 'pause' : 'play' });
    case 'step-back':
      return wished(state, { kind: 'step', steps: -1 });
    case 'step-forward':
      return wished(state, { kind: 'step', steps: 1 });
    case 'minute-back':
      return wished(state, { kind: 'move', seconds: -60 });
    case 'minute-forward':
      return wished(state, { kind: 'move', seconds: 60 });
  }
}

function wished(state: State, wish: ReplayWish): Step {
  return step(state, { kind: 'replay', wish });
}

/** Typing the time to go to. */
function typedTime(state: State, dialog: Extract<Dialog, { kind: 'go-to' }>, key: Key): Step {
  const closed: State = { ...state, dialog: undefined };
  const { text } = dialog;
  if (key.name === 'escape') return step(closed);
  if (key.name === 'enter') return text.trim() === '' ? step(closed) : wished(closed, { kind: 'go-to', text });
  if (key.name === 'backspace') return step({ ...state, dialog: { ...dialog, text: text.slice(0, -1) } });
  if (key.ctrl || key.char === undefined) return step(state);
  return step({ ...state, dialog: { ...dialog, text: (text + key.char).slice(0, MOST_TIME_CHARACTERS) } });
}

/** Longer than any time that can be typed: `2026-11-23T14:03:22.000+08:00`. */
const MOST_TIME_CHARACTERS = 29;

function pausedOrNot(state: State): Step {
  if (state.paused !== undefined) return step(keepInSight({ ...state, paused: undefined }));
  const { model, diagnosis } = state;
  return step(model === undefined || diagnosis === undefined ? state : { ...state, paused: { model, diagnosis } });
}

function look(state: State, by: Distance): Step {
  if (state.paused === undefined) {
    return step(noticed(state, 'Space pauses first; then [ ] { } step through the last hour', 'info'));
  }
  return step(state, { kind: 'look', by });
}

function timeRead(state: State, shown: Shown | undefined): Step {
  const target = shown === undefined ? undefined : paneOf(state.pane).timed?.(shown);
  const lock = shown?.model.probes.lock;
  if (typeof lock === 'object') {
    return step(noticed(state, `process ${lock.heldByPid} probes on this node: its reads are shown here`, 'info'));
  }
  const effect: Effect = { kind: 'read', targets: target === undefined ? [] : [target] };
  const what = target === undefined ? 'memory.stat of /' : `${target.file} of ${target.path}`;
  return step(noticed(state, `timing a read of ${what}`, 'info'), effect);
}

function dropProgress(state: State, { note }: Extract<Message, { kind: 'drop-progress' }>): State {
  const open = state.dialog?.kind === 'drop-watch';
  if (open) return { ...state, dialog: { kind: 'drop-watch', id: note.id, note } };
  if (note.phase === 'failed')
    return noticed(state, `drop_caches failed: ${note.error ?? 'no reason given'}`, 'critical');
  const seconds = isKnown(note.writeSeconds) ? ` in ${note.writeSeconds.toFixed(1)} s` : '';
  return note.phase === 'done' ? noticed(state, `caches dropped${seconds}`, 'ok') : state;
}
