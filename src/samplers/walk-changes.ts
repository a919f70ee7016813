import { isMissing } from '../core/missing.ts';
import type { WalkRow, WalkSample } from './walk.ts';
import { isWithin, walkKey } from './walk-order.ts';

/** What differs in a slice since it was walked before: most of 5,000 cgroups are idle, and need not be sent again. */
export interface WalkChanges extends Omit<WalkSample, 'rows'> {
  /** Whether there was a walk before; if not, `changed` are all rows. */
  readonly whole: boolean;
  readonly changed: readonly WalkRow[];
  readonly removed: readonly string[];
}

/** Sends slices of walks as differences. One per lane; a new one begins with all rows. */
export class WalkSender {
  #sent: Map<string, WalkRow> | undefined;

  changes(sample: WalkSample): WalkChanges {
    const { rows: walked, ...rest } = sample;
    const before = this.#sent;
    const rows = sample.namesOnly ? walked.map((row) => withCounters(row, before?.get(row.path))) : walked;
    if (before === undefined) {
      this.#sent = new Map(rows.map((row) => [row.path, row]));
      return { ...rest, whole: true, changed: rows, removed: [] };
    }
    const now = new Set(rows.map((row) => row.path));
    const removed = [...before.keys()].filter((path) => !now.has(path) && isWithin(path, sample.after, sample.until));
    const changed = rows.filter((row) => !sameRow(before.get(row.path), row));
    for (const path of removed) before.delete(path);
    for (const row of changed) before.set(row.path, row);
    return { ...rest, whole: false, changed, removed };
  }
}

/** What a walk that reads no counters says of a cgroup: the counters that were read last stay. */
function withCounters(row: WalkRow, before: WalkRow | undefined): WalkRow {
  if (before === undefined) return row;
  return before.children === row.children ? before : { ...before, children: row.children };
}

/** A walk put together again: all rows so far, and which cgroups came and went since this slice was walked before. */
export interface ReceivedWalk extends WalkSample {
  /** Whether every slice has been walked once: only then are the rows all there are. */
  readonly complete: boolean;
  /**
   * Live cgroups: all of them in a complete walk, or in one with only leaves left to visit, which are counted already.
   * Else so many at least, and nothing may be subtracted: what was not visited yet would look dying.
   */
  readonly live: { readonly atLeast: number; readonly isAll: boolean };
  /** Paths; none after the first walk. Cgroups that came and went between two walks are in neither. */
  readonly created: readonly string[];
  readonly removed: readonly string[];
}

/** Puts walks together again, slice by slice. */
export class WalkReceiver {
  #rows = new Map<string, WalkRow>();
  readonly #covered = new Coverage();

  sample(changes: WalkChanges): ReceivedWalk {
    const { whole, changed, removed, ...rest } = changes;
    if (whole) {
      this.#rows = new Map();
      this.#covered.clear();
    }
    const wasComplete = this.#covered.isAll;
    this.#covered.add(changes.after, changes.until);
    // In the first walk every slice is new to us, and nothing in it was created.
    const created = wasComplete ? changed.map((row) => row.path).filter((path) => !this.#rows.has(path)) : [];
    for (const path of removed) this.#rows.delete(path);
    for (const row of changed) this.#rows.set(row.path, row);
    const complete = this.#covered.isAll;
    const { cgroups, leavesOnly } = changes.beyond;
    const live = complete
      ? { atLeast: this.#rows.size, isAll: true }
      : { atLeast: this.#rows.size + cgroups, isAll: leavesOnly && this.#covered.isFromRoot };
    return { ...rest, rows: [...this.#rows.values()], complete, live, created, removed };
  }
}

/** Which stretches of the walk's order have been walked. */
class Coverage {
  /** Apart from each other, by keys; an end that is not there is the end of all. */
  #stretches: { readonly from: string; readonly to: string | undefined }[] = [];

  /** Whether one stretch goes from the root to the end. */
  get isAll(): boolean {
    return this.#stretches.some(({ from, to }) => from === '' && to === undefined);
  }

  /** Whether it is one stretch that begins with the root. */
  get isFromRoot(): boolean {
    return this.#stretches.length === 1 && this.#stretches[0]?.from === '';
  }

  clear(): void {
    this.#stretches = [];
  }

  add(after: string | undefined, until: string | undefined): void {
    let from = after === undefined ? '' : walkKey(after);
    let to = until === undefined ? undefined : walkKey(until);
    const apart = this.#stretches.filter((each) => {
      const touches = (to === undefined || each.from <= to) && (each.to === undefined || from <= each.to);
      if (!touches) return true;
      if (each.from < from) from = each.from;
      if (to !== undefined && (each.to === undefined || each.to > to)) to = each.to;
      return false;
    });
    this.#stretches = [...apart, { from, to }];
  }
}

/** Whether nothing of a row has changed; a reason is told by its word. */
function sameRow(before: WalkRow | undefined, now: WalkRow): boolean {
  if (before === now) return true;
  if (before === undefined) return false;
  // Whatever a row has: a field that is added to it is never left behind.
  const keys = Object.keys(now) as (keyof WalkRow)[];
  return keys.length === Object.keys(before).length && keys.every((key) => same(before[key], now[key]));
}

function same(before: WalkRow[keyof WalkRow], now: WalkRow[keyof WalkRow]): boolean {
  if (before === undefined || now === undefined) return before === now;
  if (isMissing(before)) return isMissing(now) && before.unavailable === now.unavailable;
  return before === now;
}
