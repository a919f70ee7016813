import { isMissing, type Maybe, missing } from '../core/missing.ts';

/** One measured point. */
export interface Point {
  readonly monotonicSeconds: number;
  readonly value: number;
}

/** Room for so many points is there from the beginning. */
const FIRST_POINTS = 64;

/**
 * The last points of one value over time. Where a sample is missing there is a gap, which is kept: a graph shows it,
 * and no rate is taken across it.
 */
export class Series {
  readonly #capacity: number;
  #times: Float64Array;
  /** NaN is a gap; this never leaves the class. */
  #values: Float64Array;
  #next = 0;
  #length = 0;
  /** How many of the newest points have no gap between them. */
  #unbroken = 0;
  /** Counts every push: lets a drawing see whether it is out of date. */
  #version = 0;

  /**
   * `capacity` is how many points it holds at most. Memory for them is taken as they come: a history has a hundred
   * series, and one that is made for a look at one moment would take 3 MiB for two points each.
   */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#times = new Float64Array(Math.min(capacity, FIRST_POINTS));
    this.#values = new Float64Array(this.#times.length);
  }

  /** Adds a point, or a gap; the oldest falls out when it is full. */
  push(monotonicSeconds: number, value: Maybe<number>): void {
    if (this.#length === this.#times.length && this.#length < this.#capacity) this.#grow();
    this.#times[this.#next] = monotonicSeconds;
    this.#values[this.#next] = isMissing(value) ? Number.NaN : value;
    this.#next = (this.#next + 1) % this.#times.length;
    this.#length = Math.min(this.#length + 1, this.#times.length);
    this.#unbroken = isMissing(value) ? 0 : Math.min(this.#unbroken + 1, this.#length);
    this.#version += 1;
  }

  /** How many points and gaps it holds. */
  get length(): number {
    return this.#length;
  }

  /** Changes with every push. */
  get version(): number {
    return this.#version;
  }

  /** The time of the oldest point or gap; missing while there is none. */
  get oldestSeconds(): Maybe<number> {
    return this.#length === 0 ? missing('warming-up') : this.#timeAt(0);
  }

  /** The time of the newest point or gap; minus infinity while there is none. */
  get newestSeconds(): number {
    return this.#length === 0 ? Number.NEGATIVE_INFINITY : this.#timeAt(this.#length - 1);
  }

  /** The newest point; missing where the newest sample was. */
  get last(): Maybe<number> {
    if (this.#length === 0) return missing('warming-up');
    const value = this.#valueAt(this.#length - 1);
    return Number.isNaN(value) ? missing('stale', 'the newest sample is missing') : value;
  }

  /** Calls `visit` for every point and gap from `fromSeconds` on, oldest first; a gap has no value. */
  visit(fromSeconds: number, visit: (monotonicSeconds: number, value: number | undefined) => void): void {
    for (let index = this.#firstFrom(fromSeconds); index < this.#length; index += 1) {
      const value = this.#valueAt(index);
      visit(this.#timeAt(index), Number.isNaN(value) ? undefined : value);
    }
  }

  /** The points since `fromSeconds` and the last gap: the stretch over which a rate may be taken. */
  unbroken(fromSeconds: number): { readonly first: Point; readonly last: Point } | undefined {
    const newest = this.#length - 1;
    const oldest = Math.max(this.#length - this.#unbroken, this.#firstFrom(fromSeconds));
    if (oldest >= newest) return undefined;
    return { first: this.#pointAt(oldest), last: this.#pointAt(newest) };
  }

  /** Nothing has fallen out yet: the points stand in their order from the beginning. */
  #grow(): void {
    const points = Math.min(this.#capacity, this.#times.length * 2);
    this.#times = copyOf(this.#times, points);
    this.#values = copyOf(this.#values, points);
    this.#next = this.#length;
  }

  #pointAt(index: number): Point {
    return { monotonicSeconds: this.#timeAt(index), value: this.#valueAt(index) };
  }

  #timeAt(index: number): number {
    return this.#times[this.#slot(index)] ?? Number.NaN;
  }

  #valueAt(index: number): number {
    return this.#values[this.#slot(index)] ?? Number.NaN;
  }

  #slot(index: number): number {
    return (this.#next - this.#length + index + this.#times.length) % this.#times.length;
  }

  /** Times only grow, so that half of what is left can be ruled out at each step. */
  #firstFrom(fromSeconds: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#timeAt(middle) < fromSeconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function copyOf(numbers: Float64Array, length: number): Float64Array {
  const copy = new Float64Array(length);
  copy.set(numbers);
  return copy;
}
