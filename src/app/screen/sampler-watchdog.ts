import { systemClock } from '../../host/live-host.ts';
import type { State } from '../../views/state.ts';

/** A sampler process that has said nothing for so many intervals, and at least for so long, is called silent. */
const SILENT_INTERVALS = 3;
const SILENT_SECONDS = 5;

/** One that stays silent is killed, and started again once the kernel lets it die. */
const KILL_AFTER_SECONDS = 60;

/** What is asked and done between two ticks. */
export interface BetweenTicksOptions {
  state(): State;
  /** The sampler process has said nothing for so long. */
  onSilent(seconds: number): void;
  /** Something grows while nobody says anything: the time that a read in flight has taken. */
  onMoving(sinceTickSeconds: number): void;
  /** It has been silent for too long. */
  kill(): void;
}

/**
 * Watches the time between ticks: once a second while something moves, and else only when silence would have to be told.
 * Every wake-up of a process that sleeps costs more than what is looked at.
 */
export class SamplerWatchdog {
  readonly #options: BetweenTicksOptions;
  #heardAt = systemClock.monotonic();
  #killed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BetweenTicksOptions) {
    this.#options = options;
  }

  /** Seconds since the latest tick. */
  get silentSeconds(): number {
    return systemClock.monotonic() - this.#heardAt;
  }

  /** A tick has come, and is in the state. */
  heard(): void {
    this.#heardAt = systemClock.monotonic();
    this.#killed = false;
    this.watch();
  }

  /** Begins, or begins again, to wait for the next tick. */
  watch(): void {
    clearTimeout(this.#timer);
    const { samplerSilentSeconds } = this.#options.state();
    const soon = this.#isMoving() || samplerSilentSeconds !== undefined;
    this.#timer = setTimeout(() => this.#look(), (soon ? 1 : this.#mostSeconds()) * 1000).unref();
  }

  /** Ends it. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    const { silentSeconds } = this;
    const most = this.#mostSeconds();
    if (silentSeconds >= most) {
      this.#options.onSilent(silentSeconds);
      if (silentSeconds > most + KILL_AFTER_SECONDS && !this.#killed) {
        this.#killed = true;
        this.#options.kill();
      }
    }
    if (this.#isMoving()) this.#options.onMoving(silentSeconds);
    this.watch();
  }

  #isMoving(): boolean {
    const { model, dialog } = this.#options.state();
    return model?.probes.inFlight !== undefined || dialog?.kind === 'drop-watch';
  }

  /** How long a sampler process may say nothing. */
  #mostSeconds(): number {
    return Math.max(SILENT_SECONDS, SILENT_INTERVALS * this.#options.state().intervalSeconds);
  }
}
