/** Whether a number of seconds can be asked for. */
export function isSeconds(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= 600;
}
