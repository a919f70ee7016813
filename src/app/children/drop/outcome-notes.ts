import type { EpochMs } from '../../../core/clock.ts';
import { outcomeOf } from '../../../diagnosis/drop-lesson.ts';
import type { HostOrigin } from '../../../host/host.ts';
import type { Drop } from '../../../model/drop.ts';
import { noteOutcome } from './drop-notes.ts';

/**
 * Adds to the notes of this instance's drops what stayed after them, once each was followed to its end. A note that
 * cannot be changed is left as it is: what it lacks is then learned by the next drop.
 */
export class OutcomeNotes {
  readonly #origin: HostOrigin;
  readonly #noted = new Map<string, EpochMs>();

  constructor(origin: HostOrigin) {
    this.#origin = origin;
  }

  /** A drop that stands in the notes, by its id and the moment that is noted. */
  noted(id: string, atEpochMs: EpochMs): void {
    this.#noted.set(id, atEpochMs);
  }

  /** Takes the drops of a model. */
  take(drops: readonly Drop[], noiseBytes: number): void {
    for (const drop of drops) {
      const atEpochMs = this.#noted.get(drop.id);
      const outcome = atEpochMs === undefined ? undefined : outcomeOf(drop, noiseBytes);
      if (atEpochMs === undefined || outcome === undefined) continue;
      this.#noted.delete(drop.id);
      const kept = { bytes: outcome.keptBytes, dying: outcome.dyingAfter };
      noteOutcome(this.#origin, { atEpochMs, mode: outcome.mode, kept });
    }
  }
}
