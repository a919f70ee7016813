import { isMissing } from '../../core/missing.ts';
import type { History } from '../../model/history.ts';
import type { Model } from '../../model/model.ts';

/** What is shown of a moment. */
interface Shown {
  readonly model: Model;
  readonly history: History;
}

/**
 * Right after a jump only the moment itself is known. Where it lies in the stretch that was shown before, that one's
 * graphs, drops and events stay in sight until its own are there: stepping back does not empty the screen.
 */
export class Bridge {
  #whole: Shown | undefined;

  /** What to show; `isFilling` while the history is still that of a jump. */
  over(model: Model, history: History, isFilling: boolean): Shown {
    if (!isFilling) {
      this.#whole = { model, history };
      return this.#whole;
    }
    const before = this.#whole;
    const now = model.instant.monotonicSeconds;
    const oldest = before?.history.of('slab.totalBytes').oldestSeconds;
    const covered =
      before !== undefined && oldest !== undefined && !isMissing(oldest) && oldest < now && now <= newest(before);
    if (!covered) return { model, history };
    const events = before.model.events.filter(({ monotonicSeconds }) => monotonicSeconds <= now);
    const drops = before.model.drops.filter(({ startedMonotonicSeconds }) => startedMonotonicSeconds <= now);
    return { model: { ...model, events, drops }, history: before.history };
  }
}

function newest({ model }: Shown): number {
  return model.instant.monotonicSeconds;
}
