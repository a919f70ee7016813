/** The words after `print`; in a file of their own so that the command line names them without loading what makes them. */
export const PRINTABLE_THINGS = [
  'prometheus-rules',
  'grafana-dashboard',
  'kubernetes',
  'systemd-unit',
  'npd-config',
  'krew-manifest',
  'metrics',
  'fields',
  'keys',
  'rules',
  'commands',
  'man-page',
  'sentences',
] as const;

/** One of {@link PRINTABLE_THINGS}. */
export type PrintableThing = (typeof PRINTABLE_THINGS)[number];
