import { padLine } from '../format/fit.ts';
import { lineWidth, type Run, run, type Style, type StyledLine } from '../format/styled.ts';

/** A frame with a title on its left and numbers on its right. */
export interface Box {
  readonly title: string;
  /** From left to right; where there is no room the first go. */
  readonly headline: readonly StyledLine[];
  /** Stands there where there is no room for the last of them either. */
  readonly short?: Run;
  /** Stands in the lower edge. */
  readonly foot?: string;
  readonly columns: number;
  readonly rows: number;
  /** The one that `z` would show alone. */
  readonly chosen: boolean;
}

const FRAME: Style = { ink: 'dim' };

/** Columns inside the frame: a border and a blank on each side. */
export function insideColumns(columns: number): number {
  return Math.max(0, columns - 4);
}

/** Draws the frame around the lines; lines that are missing are blank, lines too many are left out. */
export function drawBox(box: Box, inside: readonly StyledLine[]): StyledLine[] {
  const lines: StyledLine[] = [topLine(box)];
  const left = run('│ ', FRAME);
  const right = run(' │', FRAME);
  for (let row = 0; row < box.rows - 2; row += 1) {
    lines.push([left, ...padLine(inside[row] ?? [], insideColumns(box.columns)), right]);
  }
  const foot = box.foot === undefined || box.foot.length > box.columns - 6 ? '' : ` ${box.foot} `;
  lines.push([run(`└─${foot}${'─'.repeat(Math.max(0, box.columns - 3 - foot.length))}┘`, FRAME)]);
  return lines;
}

function topLine({ title, headline, short, columns, chosen }: Box): StyledLine {
  const name = run(` ${title} `, chosen ? { bold: true, inverse: true } : { bold: true });
  let parts = headline;
  const fits = () => 4 + name.text.length + parts.reduce((sum, part) => sum + lineWidth(part) + 4, 0) <= columns;
  while (parts.length > 0 && !fits()) parts = parts.slice(1);
  if (parts.length === 0 && short !== undefined) {
    parts = [[short]];
    if (!fits()) parts = [];
  }
  const end: StyledLine = parts.flatMap((part, index) => [
    ...(index === 0 ? [] : [run('──', FRAME)]),
    run(' '),
    ...part,
    run(' '),
  ]);
  const between = Math.max(0, columns - 4 - name.text.length - lineWidth(end));
  return padLine([run('┌─', FRAME), name, run('─'.repeat(between), FRAME), ...end, run('─┐', FRAME)], columns);
}

/** Two columns of lines as one. */
export function beside(left: readonly StyledLine[], leftColumns: number, right: readonly StyledLine[]): StyledLine[] {
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, row) => [...padLine(left[row] ?? [], leftColumns), ...(right[row] ?? [])]);
}
