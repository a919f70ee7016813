import type { Effect } from './effect.ts';
import type { State } from './state.ts';

/** Copies lines to the clipboard, and shows them, each whole: where the terminal does not take it, they can be marked. */
export function copied(state: State, title: string, lines: readonly string[]): [State, Effect] {
  return [
    { ...state, dialog: { kind: 'command', title, lines, top: 0 } },
    { kind: 'copy', text: lines.join('\n') },
  ];
}
