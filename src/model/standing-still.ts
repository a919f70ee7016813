import type { MonotonicSeconds } from '../core/clock.ts';
import { isKnown, isMissing, type Maybe } from '../core/missing.ts';
import type { LatestRuns } from './latest.ts';
import type { Model } from './model.ts';

/** Few dying must not move for this long: the last ones go within seconds. */
const FEW_SECONDS = 6;

/** Many must not for this long: on 4.4.155 they stood still for 12 s before nearly all went within 2 s (measured). */
const MANY_SECONDS = 60;

/** Falls of the dying up to this are the node's own background. */
const STILL_COUNT = 8;

/**
 * So is growth of them up to this part, as cgroups go on dying, and any move of slab memory. A slow fall is none: on
 * 4.4.155 it was 90 of 14,338 in the minute after the write, and two minutes later all went (measured).
 */
const STILL_SHARE = 0.01;

/** Whether a count stands still: new samples that agree, never one sample that is looked at twice. */
export class StandingStill {
  #sampledAt: MonotonicSeconds;
  #value = 0;
  #since: MonotonicSeconds | undefined;

  /** Samples from `from` on count. */
  constructor(from: MonotonicSeconds) {
    this.#sampledAt = from;
  }

  /** Takes a tick: of the dying, and where nobody knows them of slab memory. */
  take(model: Model, runs: LatestRuns, few: number): boolean {
    const { dying } = model.memcg;
    const run = runs.pair(isMissing(dying) ? 'memory' : 'cgroupCounts').now;
    const value: Maybe<number> = isMissing(dying) ? model.slab.totalBytes : dying;
    if (run === undefined || isMissing(value) || run.started.monotonicSeconds <= this.#sampledAt) return false;
    const sampledAt = run.started.monotonicSeconds;
    this.#sampledAt = sampledAt;
    if (this.#since === undefined || hasMoved(this.#value, value, isKnown(dying))) {
      this.#value = value;
      this.#since = sampledAt;
    }
    const needed = !isMissing(dying) && dying < few ? FEW_SECONDS : MANY_SECONDS;
    return sampledAt - this.#since >= needed;
  }
}

function hasMoved(from: number, to: number, isDying: boolean): boolean {
  const allowed = isDying && to < from ? STILL_COUNT : Math.max(STILL_COUNT, from * STILL_SHARE);
  return Math.abs(to - from) > allowed;
}
