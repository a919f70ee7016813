import type { Missing, Reason } from '../core/missing.ts';

/** What stands in the place of a value that could not be had: short enough for a cell. */
export const REASON_TEXT: Readonly<Record<Reason, string>> = {
  absent: 'absent',
  denied: 'denied',
  gone: 'gone',
  disabled: 'off',
  unsupported: 'n/a',
  malformed: 'unreadable',
  failed: 'failed',
  'warming-up': '...',
  'counter-reset': 'reset',
  stale: 'stale',
  partial: 'in part',
};

/** The reason in a few words, with its detail where there is room for a sentence. */
export function reasonSentence(missing: Missing): string {
  return missing.detail === undefined ? missing.unavailable : `${missing.unavailable}: ${missing.detail}`;
}
