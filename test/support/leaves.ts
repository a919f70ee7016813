import { isMissing } from '../../src/core/missing.ts';

/** One value within another: its dotted id, `[]` for what stands in a list, and the value. */
export interface Leaf {
  readonly id: string;
  readonly value: unknown;
}

/** All values within a value. Reasons in the place of a value have no id of their own and are left out. */
export function leavesOf(value: unknown, id = ''): readonly Leaf[] {
  if (isMissing(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, `${id}[]`));
  if (typeof value !== 'object' || value === null) return [{ id, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, id === '' ? key : `${id}.${key}`));
}
