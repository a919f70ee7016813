import type { EpochMs, MonotonicSeconds } from '../core/clock.ts';
import type { Maybe } from '../core/missing.ts';
import type { DropPhase, DropRequest } from '../core/note.ts';

/** One drop, from the key to a minute after its outcome. */
export interface Drop {
  readonly id: string;
  readonly request: DropRequest;
  readonly startedAt: EpochMs;
  readonly startedMonotonicSeconds: MonotonicSeconds;
  readonly phase: DropPhase;
  readonly rehearsal: boolean;
  readonly error?: string;
  /** When the write was over. */
  readonly doneAt: Maybe<EpochMs>;
  /** Of the write alone. */
  readonly writeSeconds: Maybe<number>;
  readonly before: DropNumbers;
  /**
   * Once the dying were few or had not moved for a minute, at most five minutes after the write: they are released
   * asynchronously, after a plateau of 12 s all within 2 s on 4.4.155 (measured). Each number measured after that moment.
   */
  readonly after: Maybe<DropNumbers>;
  /** A minute after that. */
  readonly minuteAfter: Maybe<DropNumbers>;
}

/** What a drop is judged by. */
export interface DropNumbers {
  readonly at: EpochMs;
  readonly slabBytes: Maybe<number>;
  readonly dentries: Maybe<number>;
  readonly dying: Maybe<number>;
  /** Kernel memory that the dying hold. */
  readonly heldKmemBytes: Maybe<number>;
  /** A read of the root's memory.stat. */
  readonly rootReadSeconds: Maybe<number>;
  readonly kubeletSystemPct: Maybe<number>;
}
