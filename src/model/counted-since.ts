import type { Instant } from '../core/clock.ts';

/**
 * How old the oldest part of a count of live cgroups is. A walk in one slice was made when it ended; of one in slices
 * the parts that its present round has not come to are from the round before.
 */
export class CountedSince {
  #round: Instant | undefined;
  #roundBefore: Instant | undefined;

  /** Takes a slice: whether it begins a round of slices, and whether it ends one. Gives the oldest part's moment. */
  take(ended: Instant, isFirst: boolean, isLast: boolean): Instant {
    if (isFirst) {
      this.#roundBefore = this.#round;
      this.#round = ended;
    }
    const round = this.#round ?? ended;
    return isLast ? round : (this.#roundBefore ?? round);
  }
}
