/** What the worker of passwords is started with. */
export interface PasswordWorkerData {
  readonly lane: 'passwords';
}

/** One comparison; the answer is `true` or `false`. */
export interface PasswordQuestion {
  readonly password: string;
  readonly hash: string;
}

/** Tells the data of this worker from that of any other thread. */
export function isPasswordWorker(data: unknown): data is PasswordWorkerData {
  return typeof data === 'object' && data !== null && 'lane' in data && data.lane === 'passwords';
}
