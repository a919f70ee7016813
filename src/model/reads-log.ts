import { isMissing, knownOr } from '../core/missing.ts';
import type { StatRead } from '../samplers/stat-reads.ts';
import type { Pair } from './latest.ts';
import type { ReadModel } from './model.ts';
import type { PodNames } from './pod-names.ts';

/** Files of cgroups beyond these are forgotten, the quickest first. */
const MOST_READS = 2000;

/** The latest read of every file that was timed. */
export class ReadsLog {
  #reads = new Map<string, ReadModel>();
  #sorted: readonly ReadModel[] = [];

  /** Slowest first. */
  get reads(): readonly ReadModel[] {
    return this.#sorted;
  }

  /** The latest reads of `memory.stat` by cgroup. */
  byPath(): ReadonlyMap<string, ReadModel> {
    const found = new Map<string, ReadModel>();
    for (const read of this.#reads.values()) if (read.file === 'memory.stat') found.set(read.path, read);
    return found;
  }

  /** Takes reads of our own. */
  take(run: NonNullable<Pair<'statReads'>['now']>, pods: PodNames): void {
    for (const read of run.sample.reads) this.#put(read, run.ended.at, pods, false);
    this.#sort();
  }

  /** Takes the reads of the instance that holds the lock: in the place of those from it before. */
  takeOthers(run: NonNullable<Pair<'neighbour'>['now']>, pods: PodNames): void {
    this.#forgetOthers();
    const { holder } = run.sample;
    const reads = isMissing(holder) ? [] : holder.reads;
    for (const { atEpochMs, cpuSeconds, ...read } of reads) {
      const unknown = { unavailable: 'unsupported', detail: 'the other instance has not said' } as const;
      // One of our own that is newer stands for now.
      if ((this.#reads.get(`${read.file} ${read.path}`)?.at ?? 0) > atEpochMs) continue;
      const timed = { ...read, cpuSeconds: cpuSeconds ?? unknown, systemSeconds: unknown };
      this.#put(timed, atEpochMs, pods, true);
    }
    this.#sort();
  }

  /** Forgets cgroups that are gone. */
  forget(paths: readonly string[]): void {
    if (paths.length === 0) return;
    const gone = new Set(paths);
    for (const [key, read] of this.#reads) if (gone.has(read.path)) this.#reads.delete(key);
    this.#sort();
  }

  /** Forgets what another instance told: we hold the lock now, or nobody tells anything any more. */
  aloneNow(): void {
    if (this.#forgetOthers()) this.#sort();
  }

  #forgetOthers(): boolean {
    const others = [...this.#reads].filter(([, { byOther }]) => byOther);
    for (const [key] of others) this.#reads.delete(key);
    return others.length > 0;
  }

  #put(read: Omit<StatRead, 'stat'>, at: number, pods: PodNames, byOther: boolean): void {
    const { path, file, wallSeconds, cpuSeconds, systemSeconds } = read;
    if (isMissing(wallSeconds) && (wallSeconds.unavailable === 'gone' || wallSeconds.unavailable === 'absent'))
      this.#reads.delete(`${file} ${path}`);
    else {
      const pod = pods.ownerOf(path).pod;
      this.#reads.set(`${file} ${path}`, {
        path,
        file,
        wallSeconds,
        cpuSeconds,
        systemSeconds,
        at,
        pod,
        byOther,
        beforeDrop: false,
      });
    }
  }

  #sort(): void {
    const slowest = [...this.#reads.values()].sort(
      (a, b) => knownOr(b.wallSeconds, -1) - knownOr(a.wallSeconds, -1) || a.path.localeCompare(b.path),
    );
    for (const read of slowest.splice(MOST_READS)) this.#reads.delete(`${read.file} ${read.path}`);
    this.#sorted = slowest;
  }
}
