import type { Severity } from '../core/severity.ts';
import type { State } from './state.ts';

/** Models that a notice stays for. */
const NOTICE_MODELS = 3;

/** Says something in the footer, for a few models. */
export function noticed(state: State, text: string, severity: Severity): State {
  return { ...state, notice: { text, severity, showFor: NOTICE_MODELS } };
}

/** The notice once another model has come: gone where it was shown for long enough. */
export function aged(notice: State['notice']): State['notice'] {
  return notice === undefined || notice.showFor <= 1 ? undefined : { ...notice, showFor: notice.showFor - 1 };
}
