import type { EpochMs } from '../core/clock.ts';
import { bothKnown, isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { TICKS_PER_SECOND } from '../core/user-hz.ts';
import type { Topic } from '../samplers/registry.ts';
import type { StatFile } from '../samplers/stat-reads.ts';
import type { LatestRuns, RunOf } from './latest.ts';

/**
 * What only ever grows, since the process or this tool was started: scrapers take rates of it over whatever window they
 * want. The screen has the rates.
 */
export interface TotalsModel {
  /** CPU time of kubelet since it was started. */
  readonly kubeletUserSeconds: Maybe<number>;
  readonly kubeletSystemSeconds: Maybe<number>;
  /** Memory cgroups seen to come and go between walks, since this tool began to watch. */
  readonly created: Maybe<number>;
  readonly removed: Maybe<number>;
  /** CPU time of this tool's processes; it falls where one of them was started again. */
  readonly selfCpuSeconds: Maybe<number>;
  /** Of this tool's own reads that came back, by file. */
  readonly reads: readonly ReadTotal[];
  /** When each topic was sampled last. */
  readonly samples: readonly SampledTopic[];
}

/** Number and time of the reads of one file, of whatever cgroup. */
interface ReadTotal {
  readonly file: StatFile;
  readonly count: number;
  readonly wallSeconds: number;
}

/** The latest run of one topic. */
interface SampledTopic {
  readonly topic: Topic;
  readonly at: EpochMs;
}

const TAKES_TWO_WALKS = missing('warming-up', 'it takes two walks of the cgroups');

/** Adds up what one tick cannot say. */
export class Totals {
  readonly #reads = new Map<StatFile, { count: number; wallSeconds: number }>();
  readonly #samples = new Map<Topic, EpochMs>();
  #created: Maybe<number> = TAKES_TWO_WALKS;
  #removed: Maybe<number> = TAKES_TWO_WALKS;

  /** A topic was sampled. */
  sampled(topic: Topic, at: EpochMs): void {
    this.#samples.set(topic, at);
  }

  /** A walk was compared with the one before it. */
  walked(created: number, removed: number): void {
    this.#created = (isMissing(this.#created) ? 0 : this.#created) + created;
    this.#removed = (isMissing(this.#removed) ? 0 : this.#removed) + removed;
  }

  /** Reads of our own came back. */
  read(run: RunOf<'statReads'>): void {
    for (const { file, wallSeconds } of run.sample.reads) {
      if (isMissing(wallSeconds)) continue;
      const before = this.#reads.get(file) ?? { count: 0, wallSeconds: 0 };
      this.#reads.set(file, { count: before.count + 1, wallSeconds: before.wallSeconds + wallSeconds });
    }
  }

  /** The totals as they are now. */
  derive(runs: LatestRuns): TotalsModel {
    const kubelet = runs.pair('kubelet').now?.sample.stat ?? missing('warming-up', 'kubelet has not been read yet');
    const own = runs.pair('self').now?.sample.processes.map(({ stat }) => stat) ?? [];
    const seconds = (ticks: number) => ticks / TICKS_PER_SECOND;
    const none = missing('warming-up', 'this tool has not been read yet');
    return {
      kubeletUserSeconds: mapKnown(kubelet, ({ userTicks }) => seconds(userTicks)),
      kubeletSystemSeconds: mapKnown(kubelet, ({ systemTicks }) => seconds(systemTicks)),
      created: this.#created,
      removed: this.#removed,
      selfCpuSeconds: own
        .map((stat) => mapKnown(stat, ({ userTicks, systemTicks }) => seconds(userTicks + systemTicks)))
        .reduce<Maybe<number>>(
          (sum, each, index) => (index === 0 ? each : bothKnown(sum, each, (a, b) => a + b)),
          none,
        ),
      reads: [...this.#reads].map(([file, total]) => ({ file, ...total })).sort((a, b) => a.file.localeCompare(b.file)),
      samples: [...this.#samples].map(([topic, at]) => ({ topic, at })),
    };
  }
}
