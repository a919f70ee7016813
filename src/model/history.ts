import type { MonotonicSeconds } from '../core/clock.ts';
import { type Maybe, missing } from '../core/missing.ts';
import { Series } from '../series/series.ts';

/**
 * The values that graphs show, by field.
 * @internal
 */
export const GRAPHED = [
  'kubelet.cpuPct',
  'kubelet.userPct',
  'kubelet.systemPct',
  'slab.totalBytes',
  'slab.reclaimableBytes',
  'dentry.objects',
  'dentry.negative',
  'memcg.total',
  'memcg.live',
  'memcg.dying',
  'memcg.heldByDying.kmemBytes',
  'memcg.heldByDying.pageBytes',
  'reads.root.wallSeconds',
  'node.busyPct',
  'node.systemPct',
  'self.cpuPct',
] as const;

/** One of {@link GRAPHED}. */
export type Graphed = (typeof GRAPHED)[number];

/** Two hours at one sample a second, four at two. */
const POINTS = 7200;

/** A cache is sampled every five seconds at most: an hour of it. */
const CACHE_POINTS = 720;

/** Caches beyond these have no trend: a hostile or broken slabinfo must not fill the memory. */
const MOST_CACHES = 1000;

/** The past of the graphed values. */
export class History {
  readonly #series = new Map<Graphed, Series>(GRAPHED.map((field) => [field, new Series(POINTS)]));
  readonly #caches = new Map<string, Series>();

  /** The series of a graphed value. */
  of(field: Graphed): Series {
    const series = this.#series.get(field);
    if (series === undefined) throw new Error(`no series for ${field}`);
    return series;
  }

  /** The sizes of one slab cache in bytes; `undefined` until it was seen. */
  ofCache(name: string): Series | undefined {
    return this.#caches.get(name);
  }

  /** Adds the size of a cache. */
  pushCache(name: string, monotonicSeconds: MonotonicSeconds, sizeBytes: number): void {
    let series = this.#caches.get(name);
    if (series === undefined) {
      if (this.#caches.size >= MOST_CACHES) return;
      series = new Series(CACHE_POINTS);
      this.#caches.set(name, series);
    }
    series.push(monotonicSeconds, sizeBytes);
  }

  /** Marks a stretch without samples in every series. */
  gap(monotonicSeconds: MonotonicSeconds): void {
    const reason: Maybe<number> = missing('failed', 'no sample');
    for (const series of this.#series.values()) series.push(monotonicSeconds, reason);
    for (const series of this.#caches.values()) series.push(monotonicSeconds, reason);
  }
}
