import { PROFILE_LIMITS } from './pprof-limits.ts';
import type { Stacks } from './profile.ts';

/** Gathers stacks that are read from text, one by one, into the columns of a profile. */
export class StackColumns {
  /** Distinct function names, in the order in which they came. */
  readonly functions: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #starts: number[] = [0];
  readonly #frames: number[] = [];
  readonly #inlined: number[] = [];
  readonly #nanoseconds: number[] = [];

  /** One stack, outermost caller first; `false` where it would be more than a profile may have. */
  push(frames: readonly { readonly name: string; readonly inlined: boolean }[], nanoseconds: number): boolean {
    if (this.#frames.length + frames.length > PROFILE_LIMITS.frames) return false;
    if (this.#nanoseconds.length >= PROFILE_LIMITS.records) return false;
    for (const { name, inlined } of frames) {
      this.#frames.push(this.#number(name));
      this.#inlined.push(inlined ? 1 : 0);
    }
    this.#starts.push(this.#frames.length);
    this.#nanoseconds.push(nanoseconds);
    return true;
  }

  /** All that were pushed, with their CPU times times `scale`. */
  stacks(scale = 1): Stacks {
    return {
      starts: Uint32Array.from(this.#starts),
      frames: Uint32Array.from(this.#frames),
      inlined: Uint8Array.from(this.#inlined),
      nanoseconds: Float64Array.from(this.#nanoseconds, (value) => value * scale),
    };
  }

  #number(name: string): number {
    const most = PROFILE_LIMITS.nameCharacters;
    const whole = name.length > most ? `${name.slice(0, most)}...` : name;
    const known = this.#numbers.get(whole);
    if (known !== undefined) return known;
    this.#numbers.set(whole, this.functions.length);
    return this.functions.push(whole) - 1;
  }
}
