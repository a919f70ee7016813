import type { Instant } from '../core/clock.ts';
import type { Maybe } from '../core/missing.ts';
import type { Note } from '../core/note.ts';
import type { Reading } from '../core/reading.ts';

/**
 * One run of one sampler: what it was told to do, and everything its host answered, in the order of the questions.
 * A run holds all that its sampler needs to give the same sample again, so that a recording can be entered anywhere.
 */
export interface RecordedRun {
  /** The sampler's topic. */
  readonly topic: string;
  /** What the sampler was told, as JSON. */
  readonly args: string;
  readonly started: Instant;
  readonly ended: Instant;
  /** CPU time of the lane's thread during the run; what the budget is charged with. */
  readonly cpuSeconds: Maybe<number>;
  readonly readings: readonly Reading[];
}

/**
 * What one tick brought: the runs that ended since the tick before, the state of the probes, and what was done.
 * Nothing in it is derived: a mended parser mends old recordings.
 */
interface FrameOf<Run> {
  /** Counts from 0 in each sampler process. */
  readonly tick: number;
  /** The tick's boundary. */
  readonly instant: Instant;
  readonly runs: readonly Run[];
  /**
   * Runs of earlier frames, oldest first, with their own instants: the latest of every topic (of every target, where
   * a topic has several) before this frame. Only the first frame of a block has any; they are what lets a reader
   * begin there. A reader that comes from the block before knows them already.
   */
  readonly carried: readonly Run[];
  /** The probes' state (reads in flight, next due), as JSON: the sampler process says it, the screen shows it. */
  readonly probes: string;
  readonly notes: readonly Note[];
}

/** A frame with everything in it decoded. */
export type Frame = FrameOf<RecordedRun>;

/** A frame whose runs are bytes of `encodeRun`: a lane hands its run over that way, and nothing is copied twice. */
export type EncodedFrame = FrameOf<Uint8Array>;
