import type { Missing } from '../../core/missing.ts';
import { REASON_TEXT } from '../../format/reason.ts';

/**
 * What stands in the place of a missing value in a report. A screen has dots there until the value comes; a report is
 * final, and its reader sees the words without having seen the screen.
 */
export function missingWord({ unavailable }: Missing): string {
  return unavailable === 'warming-up' ? 'not yet' : REASON_TEXT[unavailable];
}
