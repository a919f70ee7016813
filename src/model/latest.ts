import type { AnyRun, Topic } from '../samplers/registry.ts';

/** The run of one topic. */
export type RunOf<T extends Topic> = AnyRun<T>;

/** The latest run of each topic. */
export type Latest = { readonly [T in Topic]?: AnyRun<T> };

/** A topic's latest two runs, as rates need them. */
export interface Pair<T extends Topic> {
  readonly before: AnyRun<T> | undefined;
  readonly now: AnyRun<T> | undefined;
}

/** Keeps the latest two runs of every topic. */
export class LatestRuns {
  #now: Latest = {};
  #before: Latest = {};

  take(run: AnyRun): void {
    this.#before = { ...this.#before, [run.topic]: this.#now[run.topic] };
    this.#now = { ...this.#now, [run.topic]: run };
  }

  /** The latest run of a topic, and the one before it. */
  pair<T extends Topic>(topic: T): Pair<T> {
    return { now: this.#now[topic], before: this.#before[topic] };
  }
}
