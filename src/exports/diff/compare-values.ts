import { bothKnown, isKnown, isMissing, type Maybe, missing } from '../../core/missing.ts';
import { isRootRead } from '../../core/root-cgroup.ts';
import { type FieldValue, fieldText } from '../../format/fields.ts';
import type { Unit } from '../../model/fields/field.ts';
import { FIELDS, type FieldId, isFieldId } from '../../model/fields.ts';
import { numberAt, rowsAt, type SnapshotDocument, valueAt } from './snapshot-document.ts';
import { type Tendency, tendencyOf } from './tendency.ts';

/** One value that is not the same in both documents. */
export interface ChangedValue {
  readonly field: FieldId;
  readonly before: FieldValue;
  readonly after: FieldValue;
  /** After less before, in the field's unit; missing where one of them is, or where it is no amount. */
  readonly change: Maybe<number>;
  /** The change as a part of the value before; missing where that was 0, too. */
  readonly changePct: Maybe<number>;
  readonly tendency: Tendency;
}

/** Values that two documents have in common, and those that differ. */
export interface ComparedValues {
  readonly changed: readonly ChangedValue[];
  /** How many print the same in both. */
  readonly same: number;
}

/** What always differs and means nothing, and what names the two instead of measuring them. */
const NOT_COMPARED = /^(?:instant|host|probes|self)\.|\[\]|^kubelet\.(?:uptimeSeconds|startTicks|command)$/;

const AMOUNTS: ReadonlySet<Unit> = new Set([
  'bytes',
  'bytesPerSecond',
  'count',
  'countPerSecond',
  'countPerMinute',
  'pct',
  'seconds',
]);

/** Compares every single value of two documents, in the order of the catalogue. */
export function compareValues(before: SnapshotDocument, after: SnapshotDocument): ComparedValues {
  const changed: ChangedValue[] = [];
  let same = 0;
  for (const field of ORDER) {
    const pair = { before: fieldOf(before, field), after: fieldOf(after, field) };
    if (isMissing(pair.before) && isMissing(pair.after)) continue;
    if (fieldText(field, pair.before) === fieldText(field, pair.after)) same += 1;
    else changed.push({ field, ...pair, ...differenceOf(field, pair.before, pair.after) });
  }
  return { changed, same };
}

/** The incident's own numbers first, what surrounds it behind them. */
const SECTIONS = ['memcg', 'reads', 'slab', 'dentry', 'kubelet', 'node'];

const FIRST: readonly FieldId[] = ['memcg.dying', 'memcg.live', 'memcg.total', 'reads.root.wallSeconds'];

const ORDER: readonly FieldId[] = (() => {
  const all = Object.keys(FIELDS)
    .filter(isFieldId)
    .filter((id) => !NOT_COMPARED.test(id) && FIELDS[id].unit !== 'time' && FIELDS[id].unit !== 'text');
  const section = (id: FieldId) => SECTIONS.findIndex((name) => id.startsWith(`${name}.`));
  const rest = all.filter((id) => !FIRST.includes(id)).toSorted((a, b) => section(a) - section(b));
  return [...FIRST, ...rest];
})();

/** The latest read of the root's memory.stat is one of many in the document. */
function fieldOf(document: SnapshotDocument, field: FieldId): FieldValue {
  if (field !== 'reads.root.wallSeconds') return valueAt(document, field);
  const reads = rowsAt(document, 'reads');
  if (isMissing(reads)) return reads;
  const root = reads.findIndex((read) => isRootRead(read));
  return root < 0
    ? missing('warming-up', "the root's memory.stat has not been read yet")
    : numberAt(document, `reads.${root}.wallSeconds`);
}

function differenceOf(field: FieldId, before: FieldValue, after: FieldValue) {
  const change = bothKnown(before, after, (was, is): Maybe<number> => {
    const amounts = AMOUNTS.has(FIELDS[field].unit) && typeof was === 'number' && typeof is === 'number';
    return amounts ? is - was : missing('unsupported', 'no amount');
  });
  const changePct = bothKnown(change, before, (by, was): Maybe<number> => {
    return typeof was === 'number' && was !== 0 ? (by / Math.abs(was)) * 100 : missing('unsupported', 'it was 0');
  });
  return { change, changePct, tendency: isKnown(change) ? tendencyOf(field, change) : 'neither' };
}
