import type { MonotonicSeconds } from '../core/clock.ts';
import type { DueBecause } from './tick.ts';

/** How often something runs, and how much of a core it may take. */
export interface Rhythm {
  /** Start to start. 0: with every tick. */
  readonly periodSeconds: number;
  /** A run that cost c seconds of CPU is followed by a rest of at least c / share. */
  readonly share: number;
  /** The longest rest, whatever it cost; absent where a run can cost seconds, so that it may rest for minutes. */
  readonly mostSeconds?: number;
}

/** One run can be dear because its code or its files were cold; of five, three would have to be. */
const RUNS = 5;

/** When one topic, or one part of it, runs next: not before its period is over, nor before it has rested. */
export class Pace {
  readonly #runs: number;
  #costs: readonly number[] = [];
  #startedAt: MonotonicSeconds = Number.NEGATIVE_INFINITY;
  #dueAt: MonotonicSeconds = Number.NEGATIVE_INFINITY;
  #restedAt: MonotonicSeconds = Number.NEGATIVE_INFINITY;
  #because: DueBecause = 'period';

  /**
   * It rests by the median cost of the last `runs` runs. By the last alone (1) where each run does something else: the
   * read of the root is paid for by a rest of its own, however cheap the reads beside it are.
   */
  constructor(runs: number = RUNS) {
    this.#runs = runs;
  }

  /** Notes a run and says when the next may start. */
  ran(rhythm: Rhythm, started: MonotonicSeconds, ended: MonotonicSeconds, cpuSeconds: number): void {
    this.#startedAt = started;
    this.#costs = [...this.#costs, cpuSeconds].slice(-this.#runs);
    const rest = Math.min(rhythm.mostSeconds ?? Number.POSITIVE_INFINITY, median(this.#costs) / rhythm.share);
    const byPeriod = started + rhythm.periodSeconds;
    const byBudget = ended + rest;
    this.#restedAt = byBudget;
    this.#dueAt = Math.max(byPeriod, byBudget);
    this.#because = byBudget > byPeriod ? 'budget' : 'period';
  }

  /** Makes it due at once, whatever it cost. */
  hurry(): void {
    this.#dueAt = Number.NEGATIVE_INFINITY;
  }

  /** Makes it due once it has rested for what it cost: there is something new to read before the period is over. */
  skipPeriod(): void {
    this.#dueAt = Math.min(this.#dueAt, this.#restedAt);
  }

  /**
   * A tick comes a little early or late: what is due within a twentieth of a second is due now. So is what ran in the
   * future: the declared clock of a fixture can go back, and would be waited for.
   */
  isDue(now: MonotonicSeconds): boolean {
    return now + 0.05 >= this.#dueAt || now < this.#startedAt;
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

/** Of an even number the lower one of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}
