import { isMissing } from '../../core/missing.ts';
import { fieldText, fieldTitle } from '../../format/fields.ts';
import { FIELDS } from '../../model/fields.ts';
import type { NamedValue } from '../content/numbers.ts';
import { type Cell, cellOf, type Table } from '../content/table.ts';
import { codeSpan, escapeMarkdown } from './escape.ts';

/** A table of GitHub Flavored Markdown. */
export function markdownTable({ heads, rows }: Table): readonly string[] {
  return [
    row(heads.map(({ title }) => escapeMarkdown(title))),
    row(heads.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map((cells) => row(cells.map(cellMarkdown))),
  ];
}

/** Values one below the other, each with what it means; a missing one with its whole reason. */
export function valuesTable(values: readonly NamedValue[]): readonly string[] {
  return [
    row(['value', '', 'meaning']),
    row(['---', '---', '---']),
    ...values.map(({ id, value, age }) =>
      row([
        escapeMarkdown(fieldTitle(id)),
        isMissing(value) ? escapeMarkdown(fieldText(id, value)) : `${cellMarkdown(cellOf(id, value))}${age}`,
        escapeMarkdown(FIELDS[id].means),
      ]),
    ),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cellMarkdown({ text, kind }: Cell): string {
  if (kind === 'missing') return text;
  return kind === 'name' ? codeSpan(text) : escapeMarkdown(text);
}
