import type { EpochMs, MonotonicSeconds } from '../core/clock.ts';
import { isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import type { DropNote, DropPhase, DropRequest } from '../core/note.ts';
import type { Model } from './model.ts';
import { rootRead } from './root-read.ts';

/** What a drop is judged by. */
export interface DropNumbers {
  readonly at: EpochMs;
  readonly slabBytes: Maybe<number>;
  readonly dentries: Maybe<number>;
  readonly dying: Maybe<number>;
  /** The latest read of the root's memory.stat. */
  readonly rootReadSeconds: Maybe<number>;
  readonly kubeletSystemPct: Maybe<number>;
}

/** One drop, from the key to a minute after. */
export interface Drop {
  readonly id: string;
  readonly request: DropRequest;
  readonly startedAt: EpochMs;
  readonly startedMonotonicSeconds: MonotonicSeconds;
  readonly phase: DropPhase;
  readonly rehearsal: boolean;
  readonly error?: string;
  /** Of the write alone. */
  readonly writeSeconds: Maybe<number>;
  readonly before: DropNumbers;
  /**
   * When the cheap counts had been stable for a while, at most a minute after the write: cgroups are released
   * asynchronously, 2 to 8 s later, once 37 s (measured).
   */
  readonly after: Maybe<DropNumbers>;
  readonly minuteAfter: Maybe<DropNumbers>;
}

/** A drop that is still being watched, with what the watching needs. */
interface Watched {
  drop: Drop;
  doneAt: MonotonicSeconds | undefined;
  last: { dying: Maybe<number>; slabBytes: Maybe<number> } | undefined;
  stableSince: MonotonicSeconds | undefined;
}

/** Counts must not move for this long to be called stable. */
const STABLE_SECONDS = 6;

/** After this long they are taken as they are. */
const LONGEST_SECONDS = 60;

/** Moves smaller than this are the node's own background. */
const STILL_COUNT = 8;
const STILL_SHARE = 0.01;

const STILL_MOVING = missing('warming-up', 'the counts are still moving');

/** Follows drops from their notes: the numbers before, after and a minute after come from the models around them. */
export class DropLog {
  #watched: Watched[] = [];
  #drops: Drop[] = [];

  /** All drops, oldest first. */
  get drops(): readonly Drop[] {
    return this.#drops;
  }

  /** Takes a note. `before` is the model that stood when it arrived. */
  note(note: DropNote, monotonicSeconds: MonotonicSeconds, before: Model | undefined): void {
    const known = this.#watched.find((watched) => watched.drop.id === note.id);
    const end = note.phase === 'done' || note.phase === 'failed';
    if (known === undefined) {
      const drop: Drop = {
        id: note.id,
        request: note.request,
        startedAt: note.at,
        startedMonotonicSeconds: monotonicSeconds,
        phase: note.phase,
        rehearsal: note.rehearsal,
        writeSeconds: note.writeSeconds,
        before: numbersOf(before, note.at),
        after: STILL_MOVING,
        minuteAfter: STILL_MOVING,
        ...(note.error === undefined ? {} : { error: note.error }),
      };
      this.#watched.push({ drop, doneAt: end ? monotonicSeconds : undefined, last: undefined, stableSince: undefined });
    } else {
      known.drop = {
        ...known.drop,
        phase: note.phase,
        writeSeconds: note.writeSeconds,
        ...(note.error === undefined ? {} : { error: note.error }),
      };
      if (end) known.doneAt = monotonicSeconds;
    }
    this.#publish();
  }

  /** Takes the model of a tick: fills in what was waited for. */
  observe(model: Model): void {
    let changed = false;
    for (const watched of this.#watched) changed = this.#follow(watched, model) || changed;
    if (changed) this.#publish();
  }

  #follow(watched: Watched, model: Model): boolean {
    const { drop, doneAt } = watched;
    if (doneAt === undefined || drop.phase === 'failed') return false;
    const now = model.instant.monotonicSeconds;
    let changed = false;
    if (isMissing(drop.after)) {
      const counts = { dying: model.memcg.dying, slabBytes: model.slab.totalBytes };
      const still = watched.last !== undefined && isStill(watched.last, counts);
      if (!still) {
        watched.stableSince = now;
        watched.last = counts;
      }
      const stable = watched.stableSince !== undefined && now - watched.stableSince >= STABLE_SECONDS;
      if (stable || now - doneAt >= LONGEST_SECONDS) {
        watched.drop = { ...drop, after: numbersOf(model, model.instant.at) };
        changed = true;
      }
    }
    if (isMissing(drop.minuteAfter) && now - doneAt >= LONGEST_SECONDS) {
      watched.drop = { ...watched.drop, minuteAfter: numbersOf(model, model.instant.at) };
      changed = true;
    }
    return changed;
  }

  #publish(): void {
    this.#drops = this.#watched.map((watched) => watched.drop);
  }
}

function isStill(before: { dying: Maybe<number>; slabBytes: Maybe<number> }, now: typeof before): boolean {
  return (
    differsLittle(before.dying, now.dying, STILL_COUNT) &&
    differsLittle(before.slabBytes, now.slabBytes, Number.POSITIVE_INFINITY)
  );
}

function differsLittle(before: Maybe<number>, now: Maybe<number>, count: number): boolean {
  if (isMissing(before) || isMissing(now)) return isMissing(before) === isMissing(now);
  const difference = Math.abs(now - before);
  return Number.isFinite(count)
    ? difference <= Math.max(count, before * STILL_SHARE)
    : difference <= before * STILL_SHARE;
}

function numbersOf(model: Model | undefined, at: EpochMs): DropNumbers {
  const none = missing('warming-up', 'nothing was known yet');
  if (model === undefined) {
    return { at, slabBytes: none, dentries: none, dying: none, rootReadSeconds: none, kubeletSystemPct: none };
  }
  return {
    at,
    slabBytes: model.slab.totalBytes,
    dentries: model.dentry.objects,
    dying: model.memcg.dying,
    rootReadSeconds: mapKnown(rootRead(model), ({ wallSeconds }) => wallSeconds),
    kubeletSystemPct: isMissing(model.kubelet) ? model.kubelet : model.kubelet.systemPct,
  };
}
