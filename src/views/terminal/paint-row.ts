import type { StyledLine } from '../../format/styled.ts';
import { attributeOf, DEFAULT_ATTRIBUTE } from './attributes.ts';
import type { CellRow } from './blessed-parts.ts';
import { glyph } from './glyph.ts';

/** What of the terminal decides how a line looks in cells. */
export interface CellRules {
  readonly unicode: boolean;
  /** 0 when colour is not wanted or not there. */
  readonly colours: number;
  /** Whether its background is light. */
  readonly light?: boolean;
}

/** Puts a line into a row of cells: cut at the row's end, blank after the line's end. */
export function paintRow(row: CellRow, line: StyledLine, rules: CellRules): void {
  let column = 0;
  for (const { text, style } of line) {
    const attribute = attributeOf(style, rules.colours, rules.light);
    const end = Math.min(text.length, row.length - column);
    for (let at = 0; at < end; at += 1) {
      setCell(row, column, attribute, glyph(text.charCodeAt(at), rules.unicode));
      column += 1;
    }
  }
  for (; column < row.length; column += 1) setCell(row, column, DEFAULT_ATTRIBUTE, ' ');
  row.dirty = true;
}

/** Tells whether two lines look the same; the same array is the cheap and usual case. */
export function sameLine(one: StyledLine | undefined, other: StyledLine | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) {
    const part = one[index];
    const twin = other[index];
    if (part === twin) continue;
    if (part === undefined || twin === undefined || part.text !== twin.text) return false;
    if (part.style !== twin.style && !sameStyle(part.style, twin.style)) return false;
  }
  return true;
}

function sameStyle(one: StyledLine[number]['style'], other: StyledLine[number]['style']): boolean {
  return (
    one.ink === other.ink &&
    one.bold === other.bold &&
    one.inverse === other.inverse &&
    one.underline === other.underline
  );
}

function setCell(row: CellRow, column: number, attribute: number, character: string): void {
  const cell = row[column];
  if (cell === undefined) return;
  cell[0] = attribute;
  cell[1] = character;
}
