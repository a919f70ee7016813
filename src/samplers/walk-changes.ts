import type { Maybe } from '../core/missing.ts';
import { isMissing } from '../core/missing.ts';
import type { WalkRow, WalkSample } from './walk.ts';

/** What differs between two walks: most of 5,000 cgroups are idle, and need not be sent again. */
export interface WalkChanges extends Omit<WalkSample, 'rows'> {
  /** Whether there was a walk before; if not, `changed` are all rows. */
  readonly whole: boolean;
  readonly changed: readonly WalkRow[];
  readonly removed: readonly string[];
}

/** Sends walks as differences. One per lane; a new one begins with all rows. */
export class WalkSender {
  #sent: Map<string, WalkRow> | undefined;

  changes(sample: WalkSample): WalkChanges {
    const before = this.#sent;
    const now = new Map(sample.rows.map((row) => [row.path, row]));
    this.#sent = now;
    const { rows, ...rest } = sample;
    if (before === undefined) return { ...rest, whole: true, changed: rows, removed: [] };
    const changed = rows.filter((row) => !sameRow(before.get(row.path), row));
    const removed = [...before.keys()].filter((path) => !now.has(path));
    return { ...rest, whole: false, changed, removed };
  }
}

/** A walk put together again, and which cgroups came and went since the walk before. */
export interface ReceivedWalk extends WalkSample {
  /** Paths; none after the first walk. Cgroups that came and went between two walks are in neither. */
  readonly created: readonly string[];
  readonly removed: readonly string[];
}

/** Puts walks together again. */
export class WalkReceiver {
  #rows = new Map<string, WalkRow>();

  sample(changes: WalkChanges): ReceivedWalk {
    const { whole, changed, removed, ...rest } = changes;
    if (whole) this.#rows = new Map();
    const created = whole ? [] : changed.map((row) => row.path).filter((path) => !this.#rows.has(path));
    for (const path of removed) this.#rows.delete(path);
    for (const row of changed) this.#rows.set(row.path, row);
    return { ...rest, rows: [...this.#rows.values()], created, removed };
  }
}

function sameRow(before: WalkRow | undefined, now: WalkRow): boolean {
  return (
    before !== undefined &&
    before.children === now.children &&
    same(before.hasProcesses, now.hasProcesses) &&
    same(before.usageBytes, now.usageBytes) &&
    same(before.kmemBytes, now.kmemBytes) &&
    same(before.dyingBelow, now.dyingBelow)
  );
}

function same(before: Maybe<number | boolean>, now: Maybe<number | boolean>): boolean {
  if (isMissing(before)) return isMissing(now) && before.unavailable === now.unavailable;
  return before === now;
}
