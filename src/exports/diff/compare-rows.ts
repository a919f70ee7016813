import { isMissing, type Maybe } from '../../core/missing.ts';
import { rowsAt, type SnapshotDocument } from './snapshot-document.ts';

/** One row of a list in both documents; 0 stands where a list that is there has no such row. */
export interface ChangedRow {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** A list whose rows are compared by name. */
export interface RowList {
  /** Where it is in the document. */
  readonly path: string;
  readonly name: (row: Readonly<Record<string, unknown>>) => string | undefined;
  readonly amount: string;
  /** Smaller changes are noise. */
  readonly least: number;
  /** Whether a row that is not there means 0; a file that was not read again means nothing. */
  readonly absentIsZero: boolean;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Slab caches by size. */
export const CACHES: RowList = {
  path: 'slab.caches',
  name: ({ name }) => text(name),
  amount: 'sizeBytes',
  least: 1024 * 1024,
  absentIsZero: true,
};

/** Parents by what the dying below them hold; what is within the noise is not in the list at all. */
export const HELD: RowList = {
  path: 'memcg.heldByDying.where',
  name: ({ path, pod }) => joined(text(path), text(pod)),
  amount: 'bytes',
  least: 400_000,
  absentIsZero: true,
};

/** Timed reads, in seconds. */
export const READS: RowList = {
  path: 'reads',
  name: ({ path, file }) => joined(text(path), text(file)),
  amount: 'wallSeconds',
  least: 0.001,
  absentIsZero: false,
};

/** The rows that changed, most first. */
export function compareRows(
  before: SnapshotDocument,
  after: SnapshotDocument,
  list: RowList,
): Maybe<readonly ChangedRow[]> {
  const was = rowsAt(before, list.path);
  const is = rowsAt(after, list.path);
  if (isMissing(was)) return was;
  if (isMissing(is)) return is;
  const [first, second] = [amounts(was, list), amounts(is, list)];
  const names = new Set([...first.keys(), ...second.keys()]);
  const rows = [...names].flatMap((name): ChangedRow[] => {
    const [one, other] = [first.get(name), second.get(name)];
    if (!list.absentIsZero && (one === undefined || other === undefined)) return [];
    const row = { name, before: one ?? 0, after: other ?? 0 };
    return Math.abs(row.after - row.before) < list.least ? [] : [row];
  });
  return rows.toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
}

function amounts(rows: readonly Readonly<Record<string, unknown>>[], list: RowList): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) {
    const name = list.name(row);
    const amount = row[list.amount];
    if (name !== undefined && typeof amount === 'number') found.set(name, amount);
  }
  return found;
}

function joined(path: string | undefined, other: string | undefined): string | undefined {
  return path === undefined || other === undefined ? path : `${path} ${other}`;
}
