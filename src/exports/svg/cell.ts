/** Size of one character cell in pixels, as a terminal with a 15 px font has it. */
export const CELL = { width: 9, height: 18 } as const;

/** How a character that is a picture is drawn: areas, lines of one or two pixels, shades of its colour. */
export interface CellShape {
  readonly kind: 'area' | 'line' | 'heavy-line' | 'shade-1' | 'shade-2' | 'shade-3';
  /** Path data at the cell's place; empty for a blank braille cell. */
  readonly path: string;
}
