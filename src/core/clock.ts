/** Milliseconds since 1970-01-01T00:00:00Z by the wall clock, which can jump; for showing, never for rates. */
export type EpochMs = number;

/** Seconds by a clock that never goes back (its origin means nothing); every rate is taken over it. */
export type MonotonicSeconds = number;

/** Where time comes from: only app and host make one, tests hand in their own. */
export interface Clock {
  now(): EpochMs;
  monotonic(): MonotonicSeconds;
}

/** One moment by both clocks. */
export interface Instant {
  readonly at: EpochMs;
  readonly monotonicSeconds: MonotonicSeconds;
}
