import type { MonotonicSeconds } from '../core/clock.ts';
import { isKnown, isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import type { PodsSample, RestartCount } from '../samplers/pods.ts';
import { type PodName, parsePodLogFolders } from '../sources/kubernetes/pod-log-folders.ts';
import type { PodsModel } from './model.ts';

/** Churn is counted over this long. */
const WINDOW_SECONDS = 300;

/** A rate takes a span. */
const SPAN_SECONDS = 60;

/** As many pods are named. */
const MOST_ROWS = 10;

const NOT_LISTED = missing('warming-up', 'the pod logs have not been listed yet');
const NOT_YET = missing('warming-up', 'churn needs a minute of samples');

interface Restarted {
  readonly at: MonotonicSeconds;
  readonly pod: string;
  readonly restarts: number;
}

interface Created {
  readonly at: MonotonicSeconds;
  /** Of a pod without a name in its folder: none. */
  readonly namespace: string | undefined;
}

/**
 * Counts restarts and new pods between two lists of `/var/log/pods`: what walks cannot see, because it lives shorter
 * than the time between two. A pod that came and went between two lists is not seen here either.
 */
export class PodChurn {
  readonly #restarts = new Spanned<Restarted>();
  readonly #created = new Spanned<Created>();
  #names: ReadonlyMap<string, Maybe<PodName>> | undefined;
  #counts: ReadonlyMap<string, number> | undefined;

  take(at: MonotonicSeconds, { names, restarts }: PodsSample): void {
    const before = this.#names;
    if (isMissing(names)) this.#created.stop(names);
    else {
      this.#created.take(at, before === undefined ? [] : createdSince(before, names, at));
      this.#names = names;
    }
    if (isMissing(restarts)) {
      this.#restarts.stop(restarts);
      this.#counts = undefined;
      return;
    }
    this.#restarts.take(at, this.#counts === undefined ? [] : restartedSince(this.#counts, restarts, at));
    this.#counts = new Map(restarts.map((each) => [keyOf(each), each.count]));
  }

  derive(): Omit<PodsModel, 'cgroups' | 'withoutProcess' | 'leftover' | 'empty'> {
    const restarted = this.#restarts.within();
    const created = this.#created.within();
    return {
      restartsPerMinute: mapKnown(restarted, ({ rows, minutes }) => sumOf(rows) / minutes),
      createdPerMinute: mapKnown(created, ({ rows, minutes }) => rows.length / minutes),
      restarting: mapKnown(restarted, ({ rows }) =>
        most(rows.map(({ pod, restarts }) => [pod, restarts])).map(([pod, restarts]) => ({ pod, restarts })),
      ),
      creating: mapKnown(created, ({ rows }) =>
        most(rows.flatMap(({ namespace }) => (namespace === undefined ? [] : [[namespace, 1] as const]))).map(
          ([namespace, pods]) => ({ namespace, pods }),
        ),
      ),
    };
  }
}

/** Things that happened within the window, and since when they were looked for. */
class Spanned<Row extends { readonly at: MonotonicSeconds }> {
  #since: MonotonicSeconds | undefined;
  #last: MonotonicSeconds = 0;
  #rows: readonly Row[] = [];
  #why: Maybe<true> = NOT_LISTED;

  take(at: MonotonicSeconds, rows: readonly Row[]): void {
    this.#since ??= at;
    this.#last = at;
    this.#why = true;
    this.#rows = [...this.#rows, ...rows].filter((row) => at - row.at < WINDOW_SECONDS);
  }

  /** What happens from now on until the next list is not seen: the span begins again with that. */
  stop(why: Maybe<true>): void {
    this.#why = why;
    this.#since = undefined;
    this.#rows = [];
  }

  within(): Maybe<{ readonly rows: readonly Row[]; readonly minutes: number }> {
    if (isMissing(this.#why)) return this.#why;
    const seconds = this.#since === undefined ? 0 : Math.min(WINDOW_SECONDS, this.#last - this.#since);
    return seconds < SPAN_SECONDS ? NOT_YET : { rows: this.#rows, minutes: seconds / 60 };
  }
}

/** A container that was not there in the list before has started all its runs since. */
function restartedSince(
  before: ReadonlyMap<string, number>,
  now: readonly RestartCount[],
  at: MonotonicSeconds,
): Restarted[] {
  return now.flatMap((each) => {
    const restarts = each.count - (before.get(keyOf(each)) ?? 0);
    return restarts > 0 ? [{ at, pod: podOf(each.folder), restarts }] : [];
  });
}

function createdSince(
  before: ReadonlyMap<string, unknown>,
  now: ReadonlyMap<string, Maybe<PodName>>,
  at: MonotonicSeconds,
): Created[] {
  return [...now].flatMap(([uid, name]) =>
    before.has(uid) ? [] : [{ at, namespace: isKnown(name) ? name.namespace : undefined }],
  );
}

/** Sums by name, most first. */
function most(rows: readonly (readonly [name: string, amount: number])[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const [name, amount] of rows) sums.set(name, (sums.get(name) ?? 0) + amount);
  return [...sums].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).slice(0, MOST_ROWS);
}

function sumOf(rows: readonly Restarted[]): number {
  return rows.reduce((sum, { restarts }) => sum + restarts, 0);
}

function keyOf({ folder, container }: RestartCount): string {
  return `${folder}/${container}`;
}

/** `namespace/pod` of a folder's name; the name itself where it carries none. */
function podOf(folder: string): string {
  const { value } = parsePodLogFolders(folder);
  const [name] = isMissing(value) ? [] : value.values();
  return name !== undefined && isKnown(name) ? `${name.namespace}/${name.pod}` : folder;
}
