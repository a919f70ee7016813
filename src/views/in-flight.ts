import { type State, shownModel } from './state.ts';

/** For how long the read that is under way has been running; undefined where there is none, or not now. */
export function inFlightSeconds(state: State): number | undefined {
  const model = shownModel(state);
  const reading = model?.probes.inFlight;
  if (model === undefined || reading === undefined) return undefined;
  const atModel = model.instant.monotonicSeconds - reading.since.monotonicSeconds;
  return Math.max(0, atModel + (state.paused === undefined ? state.sinceModelSeconds : 0));
}
