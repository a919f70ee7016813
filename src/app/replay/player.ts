import type { EpochMs, Instant } from '../../core/clock.ts';
import { isKnown, isMissing, type Maybe } from '../../core/missing.ts';
import { oneLine } from '../../core/printable.ts';
import type { Model } from '../../model/model.ts';
import type { Observer } from '../../model/observer.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../model/thresholds.ts';
import type { Frame, RecordedRun } from '../../recording/frame.ts';
import { Playback } from '../../recording/playback.ts';
import type { RecordingSource } from '../../recording/recording-source.ts';
import { diagnosingObserver } from '../base/diagnosing-observer.ts';
import { TickReplayer } from './replayed-tick.ts';

/** After a jump the graphs show so much: an hour, as on the live screen. */
const GRAPH_SECONDS = 3600;

/** What is being read again to fill the graphs after a jump. */
interface Filling {
  readonly frames: Iterator<Frame>;
  replayer: TickReplayer;
  observer: Observer;
  isFirst: boolean;
}

/**
 * A place in a recording, and the model that stood there. Played one after the other, frames give the models that the
 * live screen had. A jump gives the model of its moment at once, from the latest runs, and its graphs gradually:
 * {@link Player.fill} reads the hour before again in slices.
 */
export class Player {
  readonly #source: RecordingSource;
  readonly #name: string;
  #playback: Playback;
  /** What its models are compared with. */
  readonly thresholds: Thresholds;
  readonly #fillSeconds: number;
  /** What frames that could be read hold and cannot be played. */
  readonly #damage = new Set<string>();
  #observer: Observer;
  #replayer: TickReplayer;
  #isFresh = true;
  #filling: Filling | undefined;

  /**
   * `name` is the recording's; thresholds decide which of its moments are events; `fillSeconds` is how much before a
   * moment {@link Player.fill} reads.
   */
  constructor(
    source: RecordingSource,
    name: string,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    fillSeconds = GRAPH_SECONDS,
  ) {
    this.#source = source;
    this.thresholds = thresholds;
    this.#fillSeconds = fillSeconds;
    this.#observer = this.#newObserver();
    this.#name = name;
    this.#playback = new Playback(source);
    this.#replayer = this.#newReplayer();
  }

  /** What has been observed so far; another one after every jump. */
  get observer(): Observer {
    return this.#observer;
  }

  /** Whether the graphs still lack what was before the moment that was jumped to. */
  get isFilling(): boolean {
    return this.#filling !== undefined;
  }

  first(): Maybe<Instant> {
    return this.#playback.firstInstant();
  }

  last(): Maybe<Instant> {
    return this.#playback.lastInstant();
  }

  /** What could not be read so far, one line each. */
  damage(): readonly string[] {
    // What was expected and what stood there is quoted in it.
    return [...this.#playback.damage(), ...this.#damage].map(oneLine);
  }

  /** Plays the next frame; missing at the end. */
  next(): Maybe<Model> {
    while (this.#filling !== undefined) this.fill(Number.POSITIVE_INFINITY, () => 0);
    for (;;) {
      const frame = this.#playback.next();
      if (isMissing(frame)) return frame;
      if (isAnotherBoot(this.#observer, frame)) this.#begin();
      const tick = this.#replayer.tick(frame, this.#isFresh);
      if (isMissing(tick)) continue;
      this.#isFresh = false;
      return this.#observer.take(tick);
    }
  }

  /** When the next frame was, without going there. */
  peekNext(): Maybe<Instant> {
    const next = this.#playback.next();
    if (isMissing(next)) return next;
    const back = this.#playback.previous();
    if (isMissing(back)) this.#playback = new Playback(this.#source);
    return next.instant;
  }

  /** Goes back to before the first frame, and forgets everything. */
  rewind(): void {
    this.#playback = new Playback(this.#source);
    this.#begin();
  }

  /** Goes to the frame at or before a time; where none before it can be played, to the first one that can. */
  jump(time: EpochMs): Maybe<Model> {
    const model = this.#arrive(this.#playback.frameAt(time));
    return isMissing(model) ? this.next() : model;
  }

  /** Goes one frame on. Where the graphs are still being filled, this is a jump: nothing waits for them. */
  stepOn(): Maybe<Model> {
    return this.isFilling ? this.#arrive(this.#playback.next()) : this.next();
  }

  /** Goes one frame back. */
  previous(): Maybe<Model> {
    return this.#arrive(this.#playback.previous());
  }

  /**
   * Reads on to fill the graphs, at most so many milliseconds by the clock that is handed in; true where it is done
   * with that.
   */
  fill(milliseconds: number, nowMs: () => number): boolean {
    const filling = this.#filling;
    if (filling === undefined) return true;
    const endMs = nowMs() + milliseconds;
    do {
      const { value: frame, done } = filling.frames.next();
      if (done) {
        this.#filling = undefined;
        // Nothing could be read of the way here: the model of the jump is all there is.
        if (filling.observer.model === undefined) return true;
        this.#observer = filling.observer;
        this.#replayer = filling.replayer;
        return true;
      }
      if (isAnotherBoot(filling.observer, frame)) Object.assign(filling, this.#beginning());
      const tick = filling.replayer.tick(frame, filling.isFirst);
      if (isMissing(tick)) continue;
      filling.observer.take(tick);
      filling.isFirst = false;
    } while (nowMs() < endMs);
    return false;
  }

  #beginning(): Omit<Filling, 'frames'> {
    return { replayer: this.#newReplayer(), observer: this.#newObserver(), isFirst: true };
  }

  #newObserver(): Observer {
    return diagnosingObserver(() => this.thresholds);
  }

  #newReplayer(): TickReplayer {
    return new TickReplayer(this.#name, (damage) => this.#damage.add(damage));
  }

  #begin(): void {
    this.#observer = this.#newObserver();
    this.#replayer = this.#newReplayer();
    this.#isFresh = true;
    this.#filling = undefined;
  }

  /** Shows this frame, or the nearest one before it that can be played; where there is none, what is shown stays. */
  #arrive(frame: Maybe<Frame>): Maybe<Model> {
    let reached = frame;
    for (; isKnown(reached); reached = this.#playback.previous()) {
      // Rows take the names of pods that are known when they come.
      const latest = this.#playback.latestRuns();
      const runs = [...latest.filter(isOfPods), ...latest.filter((run) => !isOfPods(run))];
      const replayer = this.#newReplayer();
      const tick = replayer.tick({ ...reached, carried: [], runs, notes: [] }, false);
      if (isMissing(tick)) continue;
      this.#begin();
      this.#replayer = replayer;
      this.#isFresh = false;
      this.#filling = { frames: this.#playback.framesUpToHere(this.#fillSeconds), ...this.#beginning() };
      return this.#observer.take(tick);
    }
    return reached;
  }
}

function isOfPods({ topic }: RecordedRun): boolean {
  return topic === 'pods';
}

/** The monotonic clock began again: times of before and after cannot be compared. */
function isAnotherBoot(observer: Observer, frame: Frame): boolean {
  const before = observer.model?.instant.monotonicSeconds;
  return before !== undefined && frame.instant.monotonicSeconds < before;
}

/** The instants between which a recording lies; missing where it has no frames. */
export function spanOf(player: Player): Maybe<{ readonly first: Instant; readonly last: Instant }> {
  const first = player.first();
  const last = player.last();
  if (isMissing(first)) return first;
  return isKnown(last) ? { first, last } : last;
}
