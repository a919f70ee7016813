import type { Severity } from '../core/severity.ts';
import type { Notice } from './state.ts';

/** How long a notice can be read. */
const NOTICE_SECONDS = 6;

/** How long it is said that a key does nothing. */
const WRONG_KEY_SECONDS = 1.5;

/** Any screen with a last line. */
interface Noticing {
  readonly notice: Notice | undefined;
}

/** Says something in the footer, for a few seconds. */
export function noticed<S extends Noticing>(state: S, text: string, severity: Severity): S {
  return { ...state, notice: { text, severity, seconds: NOTICE_SECONDS } };
}

/** Answers a key that means nothing here. */
export function wrongKey<S extends Noticing>(state: S, shown: string): S {
  const text = `${shown} does nothing here; ? shows the keys`;
  return { ...state, notice: { text, severity: 'info', seconds: WRONG_KEY_SECONDS } };
}

/** Takes a notice away, unless another one stands in its place by now. */
export function withoutNotice<S extends Noticing>(state: S, over: Notice): S {
  return state.notice === over ? { ...state, notice: undefined } : state;
}
