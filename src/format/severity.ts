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

/** The style of text that says something of this severity; see {@link badStyle} for a value among others. */
export const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = {
  critical: { ink: 'red' },
  warning: { ink: 'yellow' },
  info: { ink: 'cyan' },
  ok: { ink: 'green' },
  unknown: { ink: 'dim' },
};

/** The style of a value that is coloured only where it is bad. */
export function badStyle(severity: Severity): Style {
  return severity === 'ok' ? {} : SEVERITY_STYLE[severity];
}
