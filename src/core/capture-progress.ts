/** How far a capture has come. */
export interface CaptureProgress {
  readonly phase: 'summary' | 'trace' | 'profile';
  readonly elapsedSeconds: number;
  /** What it is meant to take; the end may come a little later. */
  readonly totalSeconds: number;
  readonly bytes: number;
}
