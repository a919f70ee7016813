import type { EpochMs, Instant } from '../../core/clock.ts';
import { isMissing, type Maybe, type Missing } from '../../core/missing.ts';
import type { Model } from '../../model/model.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import type { RecordingSource } from '../../recording/recording-source.ts';
import type { Distance } from '../../views/effect.ts';
import type { Moment } from '../../views/state.ts';
import { diagnosed } from '../base/diagnosed.ts';
import { Player } from '../replay/player.ts';
import { SLICE_MS, Slices } from '../replay/slices.ts';

/** What a {@link LookBack} has found. */
export interface LookBackTelling {
  /** At once with what was read last at that moment; again when growth and events have been read up to it. */
  readonly onMoment: (moment: Moment) => void;
  /** Nothing is there: either end of what is in memory. */
  readonly onMissing: (reason: Missing) => void;
}

/** Growth is taken over this long, so that it takes the frames of so much before a moment. The graphs stay the live ones. */
const LEAD_SECONDS = 300;

/** Finds what stood at an earlier moment, with its full tables, in the readings of the last hour. */
export class LookBack {
  readonly #source: RecordingSource;
  readonly #thresholds: () => Thresholds;
  readonly #telling: LookBackTelling;
  readonly #slices = new Slices(() => {});
  #player: Player | undefined;
  #at: EpochMs | undefined;

  /** `thresholds` decide which moments are events. */
  constructor(source: RecordingSource, thresholds: () => Thresholds, telling: LookBackTelling) {
    this.#source = source;
    this.#thresholds = thresholds;
    this.#telling = telling;
  }

  /** Whether somebody looks back: from the first look until it is left. */
  get isLooking(): boolean {
    return this.#player !== undefined;
  }

  /** Looks that far from `from`, which is the moment shown. */
  look(from: Instant, by: Distance): void {
    // Our own sampler process wrote these frames a moment ago: there is no damage to tell anybody of.
    this.#player ??= new Player(this.#source, 'the last hour', this.#thresholds(), LEAD_SECONDS);
    const model = this.#moved(this.#player, from, by);
    if (isMissing(model)) {
      this.#telling.onMissing(model);
      return;
    }
    this.#tell(this.#player, model);
    this.#fill(this.#player);
  }

  /** Nobody looks back any more: what was unpacked for it is let go. */
  leave(): void {
    this.#slices.stop();
    this.#player = undefined;
    this.#at = undefined;
  }

  #moved(player: Player, from: Instant, by: Distance): Maybe<Model> {
    if ('seconds' in by) return player.jump(from.at + by.seconds * 1000);
    if (this.#at !== from.at) player.jump(from.at);
    return by.steps < 0 ? player.previous() : player.stepOn();
  }

  #fill(player: Player): void {
    this.#slices.run(() => {
      if (!player.fill(SLICE_MS, () => performance.now())) return false;
      if (player.observer.model !== undefined) this.#tell(player, player.observer.model);
      return true;
    });
  }

  #tell(player: Player, model: Model): void {
    this.#at = model.instant.at;
    const diagnosis = diagnosed(model, player.observer.history, player.thresholds);
    this.#telling.onMoment({ model, diagnosis });
  }
}
