import type { Effect } from './effect.ts';
import type { State } from './state.ts';

/** What a message leads to. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A step that changes the state only. */
export function step(state: State, ...effects: Effect[]): Step {
  return { state, effects };
}
