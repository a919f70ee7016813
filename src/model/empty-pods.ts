import type { MonotonicSeconds } from '../core/clock.ts';
import { isMissing, type Maybe, type Missing } from '../core/missing.ts';
import type { WalkRow } from '../samplers/walk.ts';
import type { PodsModel } from './model.ts';
import type { PodNames } from './pod-names.ts';

/** As many are named; the counts are of all. */
const MOST_ROWS = 20;

/** A pod without a process for so long is left over: a pod that starts or ends is without one for seconds. */
const LEFTOVER_SECONDS = 300;

interface PodCgroup {
  /** The name it had when it was last known: kubelet removes the log folder with the pod. */
  readonly pod: string;
  /** When a walk first saw it without a process; undefined while it has one. */
  readonly emptySince: MonotonicSeconds | undefined;
}

/** What walks say of pods without a process. */
type EmptyPodsModel = Pick<PodsModel, 'cgroups' | 'withoutProcess' | 'leftover' | 'empty'>;

/**
 * Follows pods' cgroups from walk to walk: which have no process, and since when. Their folders should be gone with
 * their last process; kubelet tries to remove those that are left at every round of its own clean-up (2 s).
 */
export class EmptyPods {
  #pods = new Map<string, PodCgroup>();
  #at: MonotonicSeconds = 0;
  /** Why no pod of the latest walk could be asked. */
  #unasked: Missing | undefined;

  take(at: MonotonicSeconds, rows: readonly WalkRow[], names: PodNames): void {
    const pods = new Map<string, PodCgroup>();
    this.#unasked = undefined;
    for (const { path, populated } of rows) {
      if (populated === undefined) continue;
      if (isMissing(populated)) {
        if (populated.unavailable !== 'gone') this.#unasked ??= populated;
        continue;
      }
      const before = this.#pods.get(path);
      // A fixture's declared clock can go back: no time has passed then.
      const emptySince = populated ? undefined : Math.min(at, before?.emptySince ?? at);
      pods.set(path, { pod: nameOf(names.ownerOf(path).pod, before?.pod, path), emptySince });
    }
    this.#pods = pods;
    this.#at = at;
  }

  /** `notWalked` is why there is nothing yet. */
  derive(notWalked: Missing | undefined): EmptyPodsModel {
    const why = notWalked ?? (this.#pods.size === 0 ? this.#unasked : undefined);
    if (why !== undefined) return { cgroups: why, withoutProcess: why, leftover: why, empty: why };
    const empty = [...this.#pods].flatMap(([path, { pod, emptySince }]) =>
      emptySince === undefined ? [] : [{ path, pod, emptySeconds: this.#at - emptySince }],
    );
    empty.sort((a, b) => b.emptySeconds - a.emptySeconds || a.path.localeCompare(b.path));
    return {
      cgroups: this.#pods.size,
      withoutProcess: empty.length,
      leftover: empty.filter(({ emptySeconds }) => emptySeconds >= LEFTOVER_SECONDS).length,
      empty: empty.slice(0, MOST_ROWS),
    };
  }
}

/** `namespace/pod` where it is or was known; else the uid, or the path of what has none. */
function nameOf(now: Maybe<string>, before: string | undefined, path: string): string {
  if (!isMissing(now) && now.includes('/')) return now;
  return before ?? (isMissing(now) ? path : now);
}
