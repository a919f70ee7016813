import { isMissing } from '../../core/missing.ts';
import type { Player } from './player.ts';

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 1000];

/** Gaps in a recording are not waited for. */
const LONGEST_WAIT_SECONDS = 5;

/** How fast a recording is played. */
export class ReplaySpeed {
  readonly #frameSeconds: number | undefined;
  #speed: number;

  /** With `frameSeconds` every frame is shown for so long; without, as long as it was. */
  constructor(speed: number, frameSeconds: number | undefined) {
    this.#speed = speed;
    this.#frameSeconds = frameSeconds;
  }

  /** 1 is as it was recorded. */
  get speed(): number {
    return this.#speed;
  }

  /** Goes to the next speed. */
  change(to: 'faster' | 'slower'): void {
    const next =
      to === 'faster' ? SPEEDS.find((speed) => speed > this.#speed) : SPEEDS.findLast((speed) => speed < this.#speed);
    this.#speed = next ?? this.#speed;
  }

  /** How long the player's frame is to be shown. */
  waitSeconds(player: Player): number {
    if (this.#frameSeconds !== undefined) return this.#frameSeconds / this.#speed;
    const next = player.peekNext();
    const here = player.observer.model?.instant;
    if (isMissing(next) || here === undefined) return 0;
    const seconds = (next.monotonicSeconds - here.monotonicSeconds) / this.#speed;
    return Math.min(LONGEST_WAIT_SECONDS, Math.max(0, seconds));
  }
}
