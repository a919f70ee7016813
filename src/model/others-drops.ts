import { isKnown, isMissing, knownOr, type Maybe } from '../core/missing.ts';
import type { Drop } from './drop.ts';
import type { Model } from './model.ts';

/** Drops by others than this instance that the kernel's counters told of since the last look. */
export interface SeenDrops {
  /** Of another instance of this program: it noted them. */
  readonly byInstance: boolean;
  readonly slabDrops: number;
  readonly pageCacheDrops: number;
}

/** The kernel counts a drop when its write is over; the tick that shows it comes up to so much later. */
const SEEN_LATE_SECONDS = 90;

/** A note is written by the child that drops: it starts after the drop was asked for. */
const NOTED_LATE_MS = 60_000;

/**
 * Whose a drop was that the kernel's counters tell of: they move at the end of its write, which can take minutes. What
 * they count beyond the drops of ours and the notes of other instances was somebody else's.
 */
export class OthersDrops {
  #before: Counted | undefined;
  /** The most that were not ours so far: a note comes before the counter moves. */
  #others: Moves = { slab: 0, pages: 0 };

  /**
   * Takes a tick; `undefined` where the counters stand, or moved by a drop of ours. Notes that were read before this
   * tick (`notedSeconds`, monotonic) may lack the one that explains a move: it is judged once they are read again.
   */
  take(
    { node, instant }: Pick<Model, 'node' | 'instant'>,
    drops: readonly Drop[],
    notedSeconds = Number.POSITIVE_INFINITY,
  ): SeenDrops | undefined {
    const before = this.#before;
    const counted = countedOf(node);
    if (counted === undefined) return undefined;
    if (before !== undefined && notedSeconds < instant.monotonicSeconds) return undefined;
    this.#before = counted;
    const now = {
      slab: counted.slab - countOurs(drops, node.ownDrops, 2),
      pages: counted.pages - countOurs(drops, node.ownDrops, 1),
    };
    const others = before !== undefined && before.noted === counted.noted ? this.#others : now;
    this.#others = { slab: Math.max(now.slab, others.slab), pages: Math.max(now.pages, others.pages) };
    if (before === undefined) return undefined;
    const moved = {
      slab: Math.max(0, counted.slab - before.slab),
      pages: Math.max(0, counted.pages - before.pages),
    };
    // Notes can be lost, or become unreadable: that is no drop.
    const beyond = {
      slab: Math.min(moved.slab, Math.max(0, now.slab - others.slab)),
      pages: Math.min(moved.pages, Math.max(0, now.pages - others.pages)),
    };
    if (beyond.slab > 0 || beyond.pages > 0) return seen(false, beyond);
    if ((moved.slab === 0 && moved.pages === 0) || drops.some((drop) => accountsFor(drop, instant.at)))
      return undefined;
    return seen(true, moved);
  }
}

interface Moves {
  readonly slab: number;
  readonly pages: number;
}

interface Counted extends Moves {
  /** Whether the notes could be read: those before and after are not compared. */
  readonly noted: boolean;
}

function countedOf({ slabDrops, pageCacheDrops, ownDrops }: Model['node']): Counted | undefined {
  if (isMissing(slabDrops) || isMissing(pageCacheDrops)) return undefined;
  return { slab: slabDrops, pages: pageCacheDrops, noted: isKnown(ownDrops) };
}

function seen(byInstance: boolean, { slab, pages }: Moves): SeenDrops {
  return { byInstance, slabDrops: slab, pageCacheDrops: pages };
}

/** Whether a drop of this instance may be why the counters moved: it is under way, or was over a moment ago. */
function accountsFor({ rehearsal, phase, doneAt }: Drop, now: number): boolean {
  if (rehearsal || phase === 'failed') return false;
  return isMissing(doneAt) || now - doneAt < SEEN_LATE_SECONDS * 1000;
}

/**
 * Drops of ours that move the counter of this bit (mode 3 has both): of this instance, and those that others noted since
 * boot. Those under way are among them.
 */
export function countOurs(drops: readonly Drop[], noted: Model['node']['ownDrops'], bit: 1 | 2): number {
  const made = drops.filter(
    ({ rehearsal, phase, request }) => !rehearsal && phase !== 'failed' && (request.mode & bit) !== 0,
  );
  const notes = knownOr(noted, []).filter(({ mode }) => (mode & bit) !== 0);
  const unnoted = made.filter((drop) => !notes.some(({ at }) => isNoteOf(drop, at)));
  return notes.length + unnoted.length;
}

function isNoteOf({ startedAt, doneAt }: Drop, notedAt: number): boolean {
  const until: Maybe<number> = isKnown(doneAt) ? doneAt : startedAt + NOTED_LATE_MS;
  return notedAt >= startedAt - 1 && notedAt <= Math.max(until, startedAt);
}
