/** Keeps the rows of one table: see {@link rowsMemo}. */
export type RowsMemo<Source, Row> = (
  source: readonly Source[],
  inputs: readonly unknown[],
  make: () => readonly Row[],
) => readonly Row[];

/**
 * Rows that are filtered and sorted once, and again only when what they are made from has changed: there can be 5,000
 * of them, new every ten seconds, drawn every second. What is kept goes with its source.
 */
export function rowsMemo<Source, Row>(): RowsMemo<Source, Row> {
  const kept = new WeakMap<readonly Source[], { readonly inputs: readonly unknown[]; readonly rows: readonly Row[] }>();
  return (source, inputs, make) => {
    const before = kept.get(source);
    if (before?.inputs.every((input, at) => input === inputs[at])) return before.rows;
    const rows = make();
    kept.set(source, { inputs, rows });
    return rows;
  };
}
