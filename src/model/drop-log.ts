import type { MonotonicSeconds } from '../core/clock.ts';
import { missing } from '../core/missing.ts';
import type { DropNote } from '../core/note.ts';
import type { Drop } from './drop.ts';
import { numbersBefore } from './drop-numbers.ts';
import { DropWatch } from './drop-watch.ts';
import type { History } from './history.ts';
import type { LatestRuns } from './latest.ts';
import type { Model } from './model.ts';

const NOT_OVER = missing('warming-up', 'the write is not over');

/** Follows drops from their notes: the numbers before, after and a minute later come from the ticks around them. */
export class DropLog {
  readonly #few: () => number;
  #watches: DropWatch[] = [];
  #drops: readonly Drop[] = [];

  /** `few`: from how many dying on they are too many; below it a drop has done what it could. */
  constructor(few: () => number) {
    this.#few = few;
  }

  /** All drops, oldest first. */
  get drops(): readonly Drop[] {
    return this.#drops;
  }

  /** Takes a note. `before` is the model that stood when it arrived, `history` what led to it. */
  note(note: DropNote, monotonicSeconds: MonotonicSeconds, before: Model | undefined, history: History): void {
    let watch = this.#watches.find(({ drop }) => drop.id === note.id);
    if (watch === undefined) {
      watch = new DropWatch({
        id: note.id,
        request: note.request,
        startedAt: note.at,
        startedMonotonicSeconds: monotonicSeconds,
        phase: note.phase,
        rehearsal: note.rehearsal,
        doneAt: NOT_OVER,
        writeSeconds: note.writeSeconds,
        before: numbersBefore(before, history, note.at),
        after: NOT_OVER,
        minuteAfter: NOT_OVER,
      });
      this.#watches.push(watch);
    }
    watch.note(note, monotonicSeconds);
    this.#publish();
  }

  /** Takes a tick: fills in what was waited for. */
  observe(model: Model, runs: LatestRuns): void {
    let changed = false;
    for (const watch of this.#watches) changed = watch.observe(model, runs, this.#few()) || changed;
    if (changed) this.#publish();
  }

  #publish(): void {
    this.#drops = this.#watches.map(({ drop }) => drop);
  }
}
