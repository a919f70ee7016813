import { isMissing } from '../core/missing.ts';
import { reasonSentence } from '../format/reason.ts';
import type { Dialog, State } from './state.ts';
import { type Step, step } from './step.ts';
import type { Key } from './terminal/key.ts';

/** How long the screen has strace count calls; a trace of every call for two more seconds follows. */
export const TRACE_SECONDS = 5;

/** Opens the dialog of the strace key: the question, the progress of what runs, or why nothing can be traced. */
export function askTrace(state: State): State {
  if (state.trace.running !== undefined) return { ...state, dialog: { kind: 'trace-watch' } };
  const reason = whyNoTrace(state);
  return {
    ...state,
    dialog: reason === undefined ? { kind: 'trace-ask', focus: 'cancel' } : { kind: 'trace-refused', reason },
  };
}

function whyNoTrace({ origin, replay, model }: State): string | undefined {
  if (replay !== undefined || origin !== 'live') {
    return `this is a ${replay?.name ?? origin}: its processes are not on this machine`;
  }
  if (model === undefined) return 'kubelet: no list of processes yet';
  return isMissing(model.kubelet) ? `no kubelet: ${reasonSentence(model.kubelet)}` : undefined;
}

/** What a key does while a dialog of strace is open; undefined where the dialog is another one, or the key common. */
export function updateTraceDialog(state: State, dialog: Dialog, key: Key): Step | undefined {
  if (dialog.kind === 'trace-ask') return asked(state, dialog.focus, key);
  if (dialog.kind !== 'trace-watch') return undefined;
  const closed = { ...state, dialog: undefined };
  if (key.name === 'enter') return step(closed);
  if (key.name !== 'escape') return undefined;
  const { running } = state.trace;
  if (running === undefined) return step(closed);
  return step({ ...state, trace: { ...state.trace, running: { ...running, ending: true } } }, { kind: 'cancel-trace' });
}

function asked(state: State, focus: 'cancel' | 'trace', key: Key): Step | undefined {
  const closed = { ...state, dialog: undefined };
  switch (key.name) {
    case 'escape':
    case 'q':
      return step(closed);
    case 'tab':
    case 'left':
    case 'right':
    case 'up':
    case 'down':
      return step({ ...state, dialog: { kind: 'trace-ask', focus: focus === 'cancel' ? 'trace' : 'cancel' } });
    case 'enter':
      return focus === 'cancel' ? step(closed) : begun(state);
    default:
      return key.ctrl ? undefined : step(state);
  }
}

function begun(state: State): Step {
  const { model } = state;
  if (model === undefined || isMissing(model.kubelet)) return step({ ...state, dialog: undefined });
  const { pid, startTicks } = model.kubelet;
  const trace = { ...state.trace, running: { pid, progress: undefined, ending: false }, failed: undefined };
  return step(
    { ...state, trace, dialog: { kind: 'trace-watch' } },
    { kind: 'trace', pid, startTicks, seconds: TRACE_SECONDS },
  );
}
