import { cutLine, padLine } from '../format/fit.ts';
import { lineWidth, type Run, run, type StyledLine } from '../format/styled.ts';
import { drawBox, insideColumns } from './box.ts';
import type { Size } from './state.ts';

/** What a dialog shows, and how large it would like to be. */
export interface DialogContent {
  readonly title: string;
  readonly lines: readonly StyledLine[];
  /** The keys that work in it. */
  readonly keys: string;
  readonly columns: number;
  /** Where typing goes: a line of `lines` and a column in it. */
  readonly cursor?: { readonly line: number; readonly column: number };
}

/** A frame with a dialog over it. */
export interface Overlaid {
  readonly lines: readonly StyledLine[];
  readonly cursor: { readonly column: number; readonly row: number } | undefined;
}

/** Lays a dialog over the middle of what is drawn; what is under it loses its colour, so that the dialog stands out. */
export function overlay(under: readonly StyledLine[], size: Size, content: DialogContent): Overlaid {
  const columns = Math.min(size.columns, content.columns);
  const rows = Math.min(size.rows, content.lines.length + 2);
  const headline: StyledLine[] = [[run(content.keys, { ink: 'dim' })]];
  const box = drawBox({ title: content.title, headline, columns, rows, chosen: true }, content.lines);
  const firstRow = Math.max(0, Math.floor((size.rows - rows) / 2));
  const firstColumn = Math.max(0, Math.floor((size.columns - columns) / 2));
  const lines = Array.from({ length: size.rows }, (_, row): StyledLine => {
    const behind = dimmed(under[row] ?? []);
    const part = box[row - firstRow];
    if (part === undefined) return behind;
    const whole = padLine(behind, size.columns);
    return [...cutLine(whole, firstColumn), ...padLine(part, columns), ...withoutFirst(whole, firstColumn + columns)];
  });
  const { cursor } = content;
  if (cursor === undefined || cursor.line >= rows - 2) return { lines, cursor: undefined };
  const column = firstColumn + 2 + Math.min(cursor.column, Math.max(0, insideColumns(columns) - 1));
  return { lines, cursor: { column, row: firstRow + 1 + cursor.line } };
}

function dimmed(line: StyledLine): StyledLine {
  return line.map((part) => run(part.text, { ink: 'dim' }));
}

function withoutFirst(line: StyledLine, columns: number): StyledLine {
  let left = columns;
  const rest: Run[] = [];
  for (const part of line) {
    if (left >= part.text.length) left -= part.text.length;
    else {
      rest.push(left === 0 ? part : run(part.text.slice(left), part.style));
      left = 0;
    }
  }
  return lineWidth(rest) === 0 ? [] : rest;
}
