import type { Severity } from '../core/severity.ts';
import type { Style } from './styled.ts';

/** The word that stands beside every colour. */
export const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  critical: 'CRITICAL',
  warning: 'WARNING',
  info: 'INFO',
  ok: 'OK',
  unknown: 'UNKNOWN',
};

/** The style of text that says something of this severity. */
export const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = {
  critical: { ink: 'red' },
  warning: { ink: 'yellow' },
  info: { ink: 'cyan' },
  ok: { ink: 'green' },
  unknown: { ink: 'dim' },
};
