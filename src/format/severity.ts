import type { Style } from './styled.ts';

/** How bad something is; `unknown` where the values that would tell are missing. */
export type Severity = 'critical' | 'warning' | 'info' | 'ok' | 'unknown';

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

const ORDER: readonly Severity[] = ['critical', 'warning', 'unknown', 'info', 'ok'];

/** The worse of two: what is known to be bad counts more than what is not known, and that more than what is fine. */
export function worse(one: Severity, other: Severity): Severity {
  return ORDER.indexOf(one) <= ORDER.indexOf(other) ? one : other;
}
