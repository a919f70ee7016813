/**
 * All values of a row under their own names, as the catalogue of fields has them: those that version 1 has stand first
 * and in its order, since a document's keys stand in a fixed one; whatever is added to the model follows by itself.
 */
export function inOrder<T extends object>(row: T, first: readonly (keyof T)[]): T {
  const ordered: Partial<T> = {};
  for (const key of first) if (Object.hasOwn(row, key)) ordered[key] = row[key];
  return Object.assign(ordered, row);
}
