import type { EpochMs, MonotonicSeconds } from './clock.ts';
import type { Maybe } from './missing.ts';

/** What `/proc/sys/vm/drop_caches` is asked to free: 1 clean page cache, 2 dentries and inodes, 3 both. */
export type DropMode = 1 | 2 | 3;

/** What a person asked to be dropped. */
export interface DropRequest {
  readonly mode: DropMode;
  /** Whether dirty pages are written first (`sync`): a dirty page is not freed by any mode. */
  readonly sync: boolean;
}

/** How far a drop has come. The kernel's write can take 12 s (measured at 30,000 dying cgroups), `sync` far longer. */
export type DropPhase = 'syncing' | 'dropping' | 'done' | 'failed';

/** One step of a drop that somebody asked this tool for. */
export interface DropNote {
  readonly kind: 'drop';
  /** Tells the notes of one drop from those of the next. */
  readonly id: string;
  readonly at: EpochMs;
  readonly request: DropRequest;
  readonly phase: DropPhase;
  /** Of the write to drop_caches alone; missing until it is over. */
  readonly writeSeconds: Maybe<number>;
  /** Why it failed, in one line. */
  readonly error?: string;
  /** In the demo and on a fixture nothing is written: the steps are played. */
  readonly rehearsal: boolean;
}

/** A file that this tool wrote because asked for. */
interface ExportNote {
  readonly kind: 'export';
  readonly at: EpochMs;
  readonly path: string;
  readonly format: string;
}

/** The sampler process ended or was silent, and was started again: nothing was read meanwhile. */
export interface GapNote {
  readonly kind: 'gap';
  readonly at: EpochMs;
  readonly monotonicSeconds: MonotonicSeconds;
  /** How long nothing had come until then. */
  readonly seconds: number;
}

/**
 * What was done, as against what was read. Notes are recorded beside the readings; everything else on the screen is
 * derived from the readings again.
 */
export type Note = DropNote | ExportNote | GapNote;
