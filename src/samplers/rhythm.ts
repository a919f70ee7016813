import type { MonotonicSeconds } from '../core/clock.ts';
import type { DueBecause } from './tick.ts';

/** How often something runs, and how much of a core it may take. */
export interface Rhythm {
  /** Start to start. 0: with every tick. */
  readonly periodSeconds: number;
  /** A run that cost c seconds of CPU is followed by a rest of at least c / share. */
  readonly share: number;
}

/** When one topic, or one part of it, runs next: not before its period is over, nor before it has rested. */
export class Pace {
  #dueAt: MonotonicSeconds = Number.NEGATIVE_INFINITY;
  #because: DueBecause = 'period';

  /** Notes a run and says when the next may start. */
  ran(rhythm: Rhythm, started: MonotonicSeconds, ended: MonotonicSeconds, cpuSeconds: number): void {
    const byPeriod = started + rhythm.periodSeconds;
    const byBudget = ended + cpuSeconds / rhythm.share;
    this.#dueAt = Math.max(byPeriod, byBudget);
    this.#because = byBudget > byPeriod ? 'budget' : 'period';
  }

  /** Makes it due at once, whatever it cost. */
  hurry(): void {
    this.#dueAt = Number.NEGATIVE_INFINITY;
  }

  /** A tick comes a little early or late: what is due within a twentieth of a second is due now. */
  isDue(now: MonotonicSeconds): boolean {
    return now + 0.05 >= this.#dueAt;
  }

  /** Seconds until it is due; 0 if it is. */
  inSeconds(now: MonotonicSeconds): number {
    return Math.max(0, this.#dueAt - now);
  }

  /** What it waits for. */
  get because(): DueBecause {
    return this.#because;
  }
}
