import type { Instant } from '../core/clock.ts';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import type { Model } from '../model/model.ts';
import { Playback } from '../recording/playback.ts';
import type { RecordingSource } from '../recording/recording-source.ts';
import { judgingObserver } from './judging-observer.ts';
import { TickReplayer } from './replay/replayed-tick.ts';

/** How far to look from where one is: frames, or seconds. */
export type Distance = { readonly steps: number } | { readonly seconds: number };

/** Growth is taken over this long, so that the model of a moment takes the frames of so much before it. */
const LEAD_SECONDS = 300;

/**
 * Finds the model that stood at an earlier moment, with its full tables: from the readings of the last hour, through
 * the same samplers and the same derivation as the live ones.
 */
export class LookBack {
  readonly #source: RecordingSource;
  #playback: Playback;
  #at: Instant | undefined;

  constructor(source: RecordingSource) {
    this.#source = source;
    this.#playback = new Playback(source);
  }

  /** The model that far from `from`; missing at either end of what is in memory. */
  look(from: Instant, by: Distance): Maybe<Model> {
    if (this.#at?.at !== from.at) {
      this.#playback = new Playback(this.#source);
      const here = this.#playback.frameAt(from.at);
      if (isMissing(here)) return here;
    }
    const moved = this.#move(from, by);
    if (isMissing(moved)) return moved;
    this.#at = moved;
    return this.#modelHere();
  }

  #move(from: Instant, by: Distance): Maybe<Instant> {
    if ('seconds' in by) {
      const frame = this.#playback.frameAt(from.at + by.seconds * 1000);
      return isMissing(frame) ? frame : frame.instant;
    }
    let reached: Maybe<Instant> = from;
    for (let step = 0; step < Math.abs(by.steps); step += 1) {
      const frame = by.steps < 0 ? this.#playback.previous() : this.#playback.next();
      if (isMissing(frame)) return frame;
      reached = frame.instant;
    }
    return reached;
  }

  #modelHere(): Maybe<Model> {
    const observer = judgingObserver();
    // Our own sampler process wrote these frames a moment ago: there is no damage to tell anybody of.
    const replayer = new TickReplayer('the last hour', () => {});
    let first = true;
    for (const frame of this.#playback.framesUpToHere(LEAD_SECONDS)) {
      const tick = replayer.tick(frame, first);
      if (isMissing(tick)) continue;
      observer.take(tick);
      first = false;
    }
    return observer.model ?? missing('absent', 'that moment is no longer in memory');
  }
}
