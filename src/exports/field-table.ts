import type { Described } from '../model/fields/field.ts';

/** Values of a document as a Markdown table. */
export function fieldTable(fields: readonly (readonly [id: string, field: Described])[]): string {
  const rows = fields.map(
    ([id, { unit, means, from, missing }]) => `| \`${id}\` | ${unit} | ${means} | ${from} | ${missing} |`,
  );
  return ['| field | unit | meaning | from | missing |', '|---|---|---|---|---|', ...rows, ''].join('\n');
}
