/** The internal argument that makes this program wait: the pod of `kubectl slabtop` lives as long as it does. */
export const WAIT_ARGUMENT = '__wait';

/** The internal argument that makes this program the plugin of kubectl. */
export const PLUGIN_ARGUMENT = '__kubectl';

/** Waits until it is told to end. */
export function waitForTheEnd(): void {
  const alive = setInterval(() => {}, 3_600_000);
  const end = (): void => clearInterval(alive);
  process.once('SIGTERM', end).once('SIGINT', end);
}
