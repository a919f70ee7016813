import type { EpochMs, Instant } from '../core/clock.ts';
import { isKnown, isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { TICKS_PER_SECOND } from '../core/user-hz.ts';
import type { Topic } from '../samplers/registry.ts';
import { meanOf } from '../series/mean.ts';
import type { DropNumbers } from './drop.ts';
import type { History } from './history.ts';
import type { LatestRuns } from './latest.ts';
import type { Model } from './model.ts';
import { momentOf } from './moments.ts';
import { rootRead } from './root-read.ts';

type Measured = Omit<DropNumbers, 'at'>;

/** What kubelet did before a drop is the mean over this long: in a tick its loops may all rest. */
const BEFORE_SECONDS = 60;

/** The numbers before a drop: as the model has them, kubelet's CPU over the minute before. */
export function numbersBefore(model: Model | undefined, history: History, at: EpochMs): DropNumbers {
  if (model === undefined) return { at, ...all(missing('warming-up', 'nothing was known yet')) };
  const values = valuesOf(model);
  const now = model.instant.monotonicSeconds;
  const mean = meanOf(history.of('kubelet.systemPct'), now - BEFORE_SECONDS, now);
  return { at, ...values, kubeletSystemPct: mapKnown(values.kubeletSystemPct, (last) => mean?.value ?? last) };
}

/** After it, kubelet's CPU is taken over this long: in a tick its loops may all rest. */
const KUBELET_SECONDS = 10;

const NOT_SINCE = missing('warming-up', 'not measured since');

/** The numbers from one moment on: each is the first that was measured after it, and "not yet" until then. */
export class DropColumn {
  /** The moment. */
  readonly since: Instant;
  #numbers: Measured = all(NOT_SINCE);
  #kubelet: { readonly pid: number; readonly systemTicks: number; readonly seconds: number } | undefined;

  constructor(since: Instant) {
    this.since = since;
  }

  /** Takes a tick. */
  take(model: Model, runs: LatestRuns): DropNumbers {
    const now = valuesOf(model);
    const fresh = (topic: Topic) =>
      (runs.pair(topic).now?.started.monotonicSeconds ?? Number.NEGATIVE_INFINITY) >= this.since.monotonicSeconds;
    const before = this.#numbers;
    const first = (was: Maybe<number>, isFresh: boolean, is: Maybe<number>) => (isKnown(was) || !isFresh ? was : is);
    this.#numbers = {
      slabBytes: first(before.slabBytes, fresh('memory'), now.slabBytes),
      dentries: first(before.dentries, fresh('vfs'), now.dentries),
      dying: first(before.dying, fresh('cgroupCounts'), now.dying),
      heldKmemBytes: first(before.heldKmemBytes, this.#walked(model), now.heldKmemBytes),
      rootReadSeconds: first(before.rootReadSeconds, this.#rootWasRead(model), now.rootReadSeconds),
      kubeletSystemPct: isKnown(before.kubeletSystemPct) ? before.kubeletSystemPct : this.#kubeletPct(model, runs),
    };
    return { at: this.since.at, ...this.#numbers };
  }

  /** A walk in between may have counted the cgroups and read no counters. */
  #walked(model: Model): boolean {
    const counters = momentOf(model, 'counters');
    return counters === undefined || counters.at >= this.since.at;
  }

  /** A read that began before the moment may have walked what is gone by now. */
  #rootWasRead(model: Model): boolean {
    const read = rootRead(model);
    if (isMissing(read)) return true;
    return isKnown(read.wallSeconds) && read.at - read.wallSeconds * 1000 >= this.since.at;
  }

  #kubeletPct({ kubelet }: Model, runs: LatestRuns): Maybe<number> {
    if (isMissing(kubelet)) return kubelet;
    const run = runs.pair('kubelet').now;
    if (run === undefined || isMissing(run.sample.stat)) return NOT_SINCE;
    const { pid, systemTicks } = run.sample.stat;
    const seconds = run.started.monotonicSeconds;
    if (seconds < this.since.monotonicSeconds) return NOT_SINCE;
    if (this.#kubelet?.pid !== pid) this.#kubelet = { pid, systemTicks, seconds };
    const over = seconds - this.#kubelet.seconds;
    if (over < KUBELET_SECONDS) return NOT_SINCE;
    return ((systemTicks - this.#kubelet.systemTicks) / TICKS_PER_SECOND / over) * 100;
  }
}

function valuesOf(model: Model): Measured {
  const { kubelet, memcg } = model;
  return {
    slabBytes: model.slab.totalBytes,
    dentries: model.dentry.objects,
    dying: memcg.dying,
    heldKmemBytes: mapKnown(memcg.heldByDying, (held) => held.kmemBytes),
    rootReadSeconds: mapKnown(rootRead(model), ({ wallSeconds }) => wallSeconds),
    kubeletSystemPct: isMissing(kubelet) ? kubelet : kubelet.systemPct,
  };
}

function all(value: Maybe<number>): Measured {
  return {
    slabBytes: value,
    dentries: value,
    dying: value,
    heldKmemBytes: value,
    rootReadSeconds: value,
    kubeletSystemPct: value,
  };
}
