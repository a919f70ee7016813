/** How bad something is, worst first: what is known to be bad counts more than what is not known, and that more than what is fine. */
export const SEVERITIES = ['critical', 'warning', 'unknown', 'info', 'ok'] as const;

/** One of {@link SEVERITIES}. `unknown` says that the values that would tell are missing: it is never taken for "ok". */
export type Severity = (typeof SEVERITIES)[number];

/** The worse of two. */
export function worse(one: Severity, other: Severity): Severity {
  return SEVERITIES.indexOf(one) <= SEVERITIES.indexOf(other) ? one : other;
}

/** As a number in metrics, so that one comparison tells the sick (3 and more) from the blind (2) and the healthy. */
export const SEVERITY_NUMBER: Readonly<Record<Severity, number>> = {
  ok: 0,
  info: 1,
  unknown: 2,
  warning: 3,
  critical: 4,
};
