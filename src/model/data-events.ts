import { isKnown, type Maybe, type Reason } from '../core/missing.ts';
import type { Tick } from '../samplers/tick.ts';
import { type Event, FOLLOWED, type Followed } from './events.ts';

/** A rest of this length is worth telling; a healthy node's slow reads come every ten seconds. */
const LONG_REST_SECONDS = 60;

/** These say that a value is late, not that it is lost. */
const LATE: ReadonlySet<Reason> = new Set<Reason>(['warming-up', 'counter-reset', 'stale']);

/** Notices that values were lost or came back, and that the slow reads are held back. */
export class DataEvents {
  readonly #seen = new Set<Followed>();
  readonly #lost = new Set<Followed>();
  #throttled = false;

  /** What happened, by the values and the probes of a tick. */
  of(values: Readonly<Record<Followed, Maybe<number>>>, { next }: Tick['probes']): Event[] {
    const happened = FOLLOWED.flatMap((field) => this.#follow(field, values[field]));
    const reads = next.find(({ topic }) => topic === 'statReads');
    if (reads === undefined) return happened;
    if (reads.because === 'period') this.#throttled = false;
    else if (reads.because === 'budget' && reads.inSeconds >= LONG_REST_SECONDS && !this.#throttled) {
      this.#throttled = true;
      happened.push({ kind: 'reads-throttled', inSeconds: reads.inSeconds });
    }
    return happened;
  }

  #follow(field: Followed, value: Maybe<number>): Event[] {
    if (isKnown(value)) {
      this.#seen.add(field);
      return this.#lost.delete(field) ? [{ kind: 'data-back', field }] : [];
    }
    if (LATE.has(value.unavailable) || !this.#seen.has(field) || this.#lost.has(field)) return [];
    this.#lost.add(field);
    return [{ kind: 'data-lost', field, reason: value.unavailable }];
  }
}
