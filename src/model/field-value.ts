import { isMissing, type Maybe, type Missing, mapKnown, missing } from '../core/missing.ts';
import { FIELDS, type FieldId } from './fields.ts';
import type { Model } from './model.ts';
import { rootRead } from './root-read.ts';

/** The value of a field that has only one; `absent` for an id with `[]`, which has many, and for an optional one. */
export function fieldValue(model: Model, id: FieldId): Maybe<number | string | boolean> {
  if (id === ROOT_READ) {
    return mapKnown(rootRead(model), ({ wallSeconds }) => wallSeconds);
  }
  const { value } = follow(model, id);
  if (isMissing(value)) return value;
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
    ? value
    : missing('absent', `${id} is not there`);
}

/** One of many reads in the model, and the one that everybody asks for. */
const ROOT_READ = 'reads.root.wallSeconds';

/** A value that is missing, or a whole part of the model. */
export interface MissingValue {
  /** The dotted id, or its beginning where the whole part is missing: `kubelet`, `slab.caches`. */
  readonly id: string;
  readonly missing: Missing;
}

/** What is missing in a model, in the order of the catalogue. Within lists only the list itself is looked at. */
export function missingValues(model: Model): readonly MissingValue[] {
  const found = new Map<string, Missing>();
  for (const id of Object.keys(FIELDS)) {
    const { at, value } = follow(model, id.replace(/\[\].*/, ''));
    if (isMissing(value)) found.set(at, value);
  }
  const rootSeconds = fieldValue(model, ROOT_READ);
  if (isMissing(rootSeconds)) found.set(ROOT_READ, rootSeconds);
  return [...found].map(([id, reason]) => ({ id, missing: reason }));
}

/** Goes down a dotted path, and no further than a missing part. */
function follow(model: Model, path: string): { readonly at: string; readonly value: unknown } {
  const steps: string[] = [];
  let value: unknown = model;
  for (const key of path.split('.')) {
    if (isMissing(value) || typeof value !== 'object' || value === null) break;
    value = new Map(Object.entries(value)).get(key);
    steps.push(key);
  }
  return { at: steps.join('.'), value };
}
