import type { Instant, MonotonicSeconds } from '../core/clock.ts';
import { missing } from '../core/missing.ts';
import type { DropNote } from '../core/note.ts';
import type { Drop } from './drop.ts';
import { DropColumn } from './drop-numbers.ts';
import type { LatestRuns } from './latest.ts';
import type { Model } from './model.ts';
import { StandingStill } from './standing-still.ts';

/** After this long the counts are taken as they are. */
const LONGEST_SECONDS = 300;

/** The last column is so much later. */
const LATER_SECONDS = 60;

/** Then nothing more is waited for. */
const GIVE_UP_SECONDS = 300;

const MOVING = missing('warming-up', 'the counts are still moving');
const LATER = missing('warming-up', 'a minute has not passed yet');

/** Watches one drop: waits for its outcome, and takes the numbers then and a minute later. */
export class DropWatch {
  #drop: Drop;
  #done: Instant | undefined;
  #counts: StandingStill | undefined;
  #after: DropColumn | undefined;
  #later: DropColumn | undefined;

  constructor(drop: Drop) {
    this.#drop = drop;
  }

  /** The drop as it stands. */
  get drop(): Drop {
    return this.#drop;
  }

  /** Takes a note of how far it is. */
  note({ phase, writeSeconds, error, at }: DropNote, monotonicSeconds: MonotonicSeconds): void {
    this.#drop = { ...this.#drop, phase, writeSeconds, ...(error === undefined ? {} : { error }) };
    if (phase !== 'done' || this.#done !== undefined) return;
    this.#done = { at, monotonicSeconds };
    this.#counts = new StandingStill(monotonicSeconds);
    this.#drop = { ...this.#drop, doneAt: at, after: MOVING, minuteAfter: LATER };
  }

  /** Takes a tick; says whether something changed. `few` dying or less need no minute of standing still. */
  observe(model: Model, runs: LatestRuns, few: number): boolean {
    if (this.#done === undefined || this.#counts === undefined) return false;
    const { instant } = model;
    if (this.#after === undefined) {
      const late = instant.monotonicSeconds - this.#done.monotonicSeconds >= LONGEST_SECONDS;
      if (!this.#counts.take(model, runs, few) && !late) return false;
      this.#after = new DropColumn(instant);
    }
    const since = instant.monotonicSeconds - this.#after.since.monotonicSeconds;
    if (since >= LATER_SECONDS) this.#later ??= new DropColumn(instant);
    if (since >= LATER_SECONDS + GIVE_UP_SECONDS) return false;
    this.#drop =
      this.#later === undefined
        ? { ...this.#drop, after: this.#after.take(model, runs) }
        : { ...this.#drop, minuteAfter: this.#later.take(model, runs) };
    return true;
  }
}
