import type { EpochMs, MonotonicSeconds } from '../core/clock.ts';
import type { Reason } from '../core/missing.ts';

/** Values whose loss is an event: without them there is no verdict. */
export const FOLLOWED = ['memcg.total', 'memcg.live', 'slab.totalBytes', 'dentry.objects'] as const;

/** One of {@link FOLLOWED}. */
export type Followed = (typeof FOLLOWED)[number];

/** What happened; the numbers, not the sentence: that is made by format. */
export type Event =
  /** A drop that this tool was asked for began; how it went on stands in `Model.drops` under its id. */
  | { readonly kind: 'drop'; readonly dropId: string }
  /** The kernel's own counters of drops moved without us: a cron job, or another person. */
  | { readonly kind: 'drop-by-other'; readonly slabDrops: number; readonly pageCacheDrops: number }
  /** The same, and another instance of this program noted it. */
  | { readonly kind: 'drop-by-instance'; readonly slabDrops: number; readonly pageCacheDrops: number }
  | { readonly kind: 'kubelet-found'; readonly pid: number }
  | { readonly kind: 'kubelet-restarted'; readonly pid: number; readonly pidBefore: number }
  | { readonly kind: 'kubelet-gone'; readonly pid: number }
  /** The sampler process ended or was silent; the graphs have a gap there. */
  | { readonly kind: 'gap'; readonly seconds: number }
  | { readonly kind: 'export'; readonly path: string }
  /** A finding became that bad: a threshold was crossed. `text` is what it says; whoever judges models makes it. */
  | {
      readonly kind: 'finding';
      readonly id: string;
      readonly severity: 'critical' | 'warning';
      readonly text: string;
    }
  /** It is neither any more. */
  | { readonly kind: 'finding-over'; readonly id: string; readonly text: string }
  /** The next slow read rests for so long, because of what the last ones cost. Told once in a stretch. */
  | { readonly kind: 'reads-throttled'; readonly inSeconds: number }
  /** A value is no longer available, or is again. */
  | { readonly kind: 'data-lost'; readonly field: Followed; readonly reason: Reason }
  | { readonly kind: 'data-back'; readonly field: Followed };

/** A happening and when it was: a line of the log and, for drops, a mark through every graph. */
export type NodeEvent = Event & { readonly at: EpochMs; readonly monotonicSeconds: MonotonicSeconds };

/** The log keeps this many; older ones fall out. */
const MOST_EVENTS = 500;

/** The node's log of events. */
export class EventLog {
  #events: readonly NodeEvent[] = [];

  /** Oldest first. */
  get events(): readonly NodeEvent[] {
    return this.#events;
  }

  add(event: NodeEvent): void {
    this.#events = [...this.#events, event].slice(-MOST_EVENTS);
  }
}
