/** What work between two looks at the keyboard may take. */
export const SLICE_MS = 25;

/** Work that goes on a slice at a time, so that keys are answered meanwhile. */
export class Slices {
  readonly #onDone: () => void;
  /** A new piece of work takes the place of the one before. */
  #work: object | undefined;

  /** `onDone` is called when a piece of work is done, not when another one takes its place. */
  constructor(onDone: () => void) {
    this.#onDone = onDone;
  }

  /** Does something until it says that it is done. */
  run(slice: () => boolean): void {
    const work = {};
    this.#work = work;
    const next = () => {
      if (this.#work !== work) return;
      if (slice()) {
        this.#work = undefined;
        this.#onDone();
      } else setImmediate(next);
    };
    setImmediate(next);
  }

  /** Leaves off. */
  stop(): void {
    this.#work = undefined;
  }
}
