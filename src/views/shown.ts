import type { Shown } from './pane.ts';
import { type State, shownDiagnosis, shownModel } from './state.ts';

/** What a pane is drawn from, once there is a model. */
export function shownOf(state: State): Shown | undefined {
  const model = shownModel(state);
  const diagnosis = shownDiagnosis(state);
  if (model === undefined || state.history === undefined || diagnosis === undefined) return undefined;
  return { state, model, history: state.history, diagnosis };
}
