import type { MonotonicSeconds } from '../core/clock.ts';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { parentOf } from '../sources/cgroup/path.ts';

/** Churn is counted over this long. */
const WINDOW_SECONDS = 300;

interface WalkedChange {
  readonly at: MonotonicSeconds;
  readonly created: readonly string[];
  readonly removed: readonly string[];
}

/** A rate takes a span: two close walks say nothing of a minute. */
const SPAN_SECONDS = 60;

const NOT_YET = missing('warming-up', 'churn needs a minute of walks');

/** Counts cgroups that came and went between walks. What lives shorter than a walk's period is not seen. */
export class Churn {
  #since: MonotonicSeconds | undefined;
  #changes: WalkedChange[] = [];
  #perParent = new Map<string, number>();

  take(at: MonotonicSeconds, created: readonly string[], removed: readonly string[], first: boolean): void {
    if (first) {
      this.#since = at;
      this.#changes = [];
    } else {
      this.#changes.push({ at, created, removed });
      this.#changes = this.#changes.filter((change) => at - change.at < WINDOW_SECONDS);
    }
    this.#perParent = new Map();
    for (const change of this.#changes) {
      for (const path of [...change.created, ...change.removed]) {
        const parent = parentOf(path);
        if (!isMissing(parent)) this.#perParent.set(parent, (this.#perParent.get(parent) ?? 0) + 1);
      }
    }
  }

  /** Per minute, over the window or since the first walk. */
  perMinute(kind: 'created' | 'removed'): Maybe<number> {
    const minutes = this.#minutes();
    if (isMissing(minutes)) return minutes;
    return this.#changes.reduce((sum, change) => sum + change[kind].length, 0) / minutes;
  }

  /** Children of one parent created or removed per minute. */
  below(parent: string): Maybe<number> {
    const minutes = this.#minutes();
    return isMissing(minutes) ? minutes : (this.#perParent.get(parent) ?? 0) / minutes;
  }

  #minutes(): Maybe<number> {
    const last = this.#changes.at(-1);
    if (this.#since === undefined || last === undefined) return NOT_YET;
    const seconds = Math.min(WINDOW_SECONDS, last.at - this.#since);
    return seconds < SPAN_SECONDS ? NOT_YET : seconds / 60;
  }
}
