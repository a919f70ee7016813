import { runHead } from './run-codec.ts';

/** All of them together take at most so much: bounds memory and key frames. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * A run about one of many targets is carried for so long. On a node whose cgroups come and go most of these targets
 * are gone by then, and without an end 180 such runs an hour would pile up (measured).
 */
const KEYED_SECONDS = 3600;

interface Kept {
  readonly bytes: Uint8Array;
  readonly startedSeconds: number;
  readonly isKeyed: boolean;
}

/**
 * The latest run of every topic as bytes: what a key frame carries. A topic whose runs are about different targets has
 * one for each of its arguments, for an hour. Oldest first, and the oldest are dropped above 16 MiB: a target that was
 * removed is never sampled again and must not be carried for ever.
 */
export class CarriedRuns {
  readonly #keyedTopics: ReadonlySet<string>;
  readonly #runs = new Map<string, Kept>();
  #bytes = 0;

  constructor(keyedTopics: ReadonlySet<string>) {
    this.#keyedTopics = keyedTopics;
  }

  /** A run that just ended. */
  remember(run: Uint8Array): void {
    const { key, kept } = this.#keptOf(run);
    this.#put(key, kept);
  }

  /** A run that a key frame carried: older than what is here, if there is any. */
  rememberOlder(run: Uint8Array): void {
    const { key, kept } = this.#keptOf(run);
    if (!this.#runs.has(key)) this.#put(key, kept);
  }

  all(): Uint8Array[] {
    return Array.from(this.#runs.values(), ({ bytes }) => bytes);
  }

  #put(key: string, run: Kept): void {
    this.#drop(key);
    this.#runs.set(key, run);
    this.#bytes += run.bytes.length;
    for (const [oldest, { startedSeconds, isKeyed }] of this.#runs) {
      if (oldest === key) return;
      const isPast = isKeyed && run.startedSeconds - startedSeconds > KEYED_SECONDS;
      if (isPast || this.#bytes > MOST_BYTES) this.#drop(oldest);
      else if (isKeyed) return;
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#runs.get(key)?.bytes.length ?? 0;
    this.#runs.delete(key);
  }

  #keptOf(bytes: Uint8Array): { readonly key: string; readonly kept: Kept } {
    const { topic, args, started } = runHead(bytes);
    const isKeyed = this.#keyedTopics.has(topic);
    const kept = { bytes, startedSeconds: started.monotonicSeconds, isKeyed };
    return { key: isKeyed ? `${topic} ${args}` : topic, kept };
  }
}
