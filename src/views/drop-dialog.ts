import type { DropMode } from '../core/note.ts';
import { CONFIRMING_WORD, dropAskPlace, USUAL_DROP } from './drop-ask-lines.ts';
import { noticed } from './notice.ts';
import type { Dialog, DropFocus, State } from './state.ts';
import { type Step, step } from './step.ts';
import type { Key } from './terminal/key.ts';

type DropAsk = Extract<Dialog, { kind: 'drop-ask' }>;

const FOCUS: readonly DropFocus[] = ['mode', 'sync', 'word', 'cancel', 'drop'];

const MODES: readonly DropMode[] = [1, 2, 3];

/** Opens the drop dialog: with the choice, the progress of a drop that is running, or the reason why there is none. */
export function askDrop(state: State): State {
  const running = state.model?.drops.find((drop) => drop.phase === 'syncing' || drop.phase === 'dropping');
  if (running !== undefined) return { ...state, dialog: { kind: 'drop-watch', id: running.id, note: undefined } };
  if (state.dropping.kind === 'refused') {
    return { ...state, dialog: { kind: 'drop-refused', reason: state.dropping.reason } };
  }
  const recommended = state.diagnosis?.recommendedDrop;
  const request = recommended !== undefined && 'request' in recommended ? recommended.request : USUAL_DROP;
  return { ...state, dialog: { kind: 'drop-ask', request, focus: 'cancel', word: '', top: 0 } };
}

/** What a key does in the dialog that asks; undefined for keys that are none of its business. */
export function updateDropDialog(state: State, dialog: DropAsk, key: Key): Step | undefined {
  const changed = (change: Partial<DropAsk>) => step({ ...state, dialog: { ...dialog, ...change } });
  const focusMoved = (by: number) => {
    const at = FOCUS.indexOf(dialog.focus);
    return changed({ focus: FOCUS[(at + by + FOCUS.length) % FOCUS.length] ?? 'cancel' });
  };
  switch (key.name) {
    case 'escape':
      return left(state);
    case 'tab':
      return focusMoved(key.shift ? -1 : 1);
    case 'up':
      return focusMoved(-1);
    case 'down':
      return focusMoved(1);
    case 'left':
    case 'right':
      return sideways(state, dialog, key.name === 'left' ? -1 : 1);
    case 'pagedown':
    case 'pageup': {
      const { most, room } = dropAskPlace(state, dialog);
      const by = Math.max(1, room - 1) * (key.name === 'pagedown' ? 1 : -1);
      return changed({ top: Math.min(most, Math.max(0, dialog.top + by)) });
    }
    case 'enter':
      return entered(state, dialog);
    case 'backspace':
      return changed({ word: dialog.word.slice(0, -1), focus: 'word' });
    default:
      break;
  }
  if (key.ctrl || key.char === undefined) return undefined;
  if (dialog.focus !== 'word') {
    const mode = MODES.find((each) => String(each) === key.char);
    if (mode !== undefined) return changed({ request: { ...dialog.request, mode } });
    if (key.name === 'space') return dialog.focus === 'sync' ? entered(state, dialog) : step(state);
    if (key.name === 'q' && dialog.word === '') return left(state);
  }
  // Whoever types means the confirmation, wherever the focus is.
  return changed({ word: (dialog.word + key.char).slice(0, 2 * CONFIRMING_WORD.length), focus: 'word' });
}

function left(state: State): Step {
  return step(noticed({ ...state, dialog: undefined }, 'cancelled, nothing dropped', 'info'));
}

function sideways(state: State, dialog: DropAsk, by: number): Step {
  const changed = (change: Partial<DropAsk>) => step({ ...state, dialog: { ...dialog, ...change } });
  switch (dialog.focus) {
    case 'mode': {
      const at = MODES.indexOf(dialog.request.mode);
      return changed({ request: { ...dialog.request, mode: MODES[(at + by + MODES.length) % MODES.length] ?? 2 } });
    }
    case 'sync':
      return changed({ request: { ...dialog.request, sync: !dialog.request.sync } });
    case 'cancel':
    case 'drop':
      return changed({ focus: dialog.focus === 'cancel' ? 'drop' : 'cancel' });
    case 'word':
      return step(state);
  }
}

function entered(state: State, dialog: DropAsk): Step {
  const changed = (change: Partial<DropAsk>) => step({ ...state, dialog: { ...dialog, ...change } });
  const confirmed = dialog.word === CONFIRMING_WORD;
  switch (dialog.focus) {
    case 'mode':
      return changed({ focus: 'sync' });
    case 'sync':
      return changed({ request: { ...dialog.request, sync: !dialog.request.sync } });
    case 'word':
      return confirmed ? changed({ focus: 'drop' }) : step(state);
    case 'cancel':
      return left(state);
    case 'drop': {
      if (!confirmed) return changed({ focus: 'word' });
      const watched: State = { ...state, dialog: { kind: 'drop-watch', id: undefined, note: undefined } };
      return step(watched, { kind: 'drop', request: dialog.request });
    }
  }
}
