import { runHead } from './decode-run.ts';

/** All of them together take at most so much: bounds memory and key frames. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The latest run of every topic as bytes: what a key frame carries. A topic whose runs are about different targets has
 * one for each of its arguments. Oldest first, and the oldest are dropped above 16 MiB: a target that was removed is
 * never sampled again and must not be carried for ever.
 */
export class LatestRuns {
  readonly #keyedTopics: ReadonlySet<string>;
  readonly #runs = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(keyedTopics: ReadonlySet<string>) {
    this.#keyedTopics = keyedTopics;
  }

  /** A run that just ended. */
  remember(run: Uint8Array): void {
    this.#put(this.#keyOf(run), run);
  }

  /** A run that a key frame carried: older than what is here, if there is any. */
  rememberOlder(run: Uint8Array): void {
    const key = this.#keyOf(run);
    if (!this.#runs.has(key)) this.#put(key, run);
  }

  all(): Uint8Array[] {
    return [...this.#runs.values()];
  }

  #put(key: string, run: Uint8Array): void {
    this.#bytes += run.length - (this.#runs.get(key)?.length ?? 0);
    this.#runs.delete(key);
    this.#runs.set(key, run);
    for (const [oldest, bytes] of this.#runs) {
      if (this.#bytes <= MOST_BYTES || oldest === key) return;
      this.#runs.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }

  #keyOf(run: Uint8Array): string {
    const { topic, args } = runHead(run);
    return this.#keyedTopics.has(topic) ? `${topic} ${args}` : topic;
  }
}
