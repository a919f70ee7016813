import type { GraphStyle } from './state.ts';

/** How a style of graph fills a cell. */
interface CellStyle {
  /** Values side by side in one cell. */
  readonly across: 1 | 2;
  /** Levels on top of each other in one cell. */
  readonly levels: number;
  /** The character for so many levels, from 0 to `levels`, of each value. */
  glyph(left: number, right: number): string;
}

/** Dots of a braille cell from the bottom up (Unicode chapter 21.1): bits of the left and the right column. */
const LEFT_DOTS = [0, 0x40, 0x44, 0x46, 0x47];
const RIGHT_DOTS = [0, 0x80, 0xa0, 0xb0, 0xb8];

/** Every braille cell by its levels, left before right: a frame asks for thousands. */
const BRAILLE = LEFT_DOTS.flatMap((left) =>
  RIGHT_DOTS.map((right) => (left + right === 0 ? ' ' : String.fromCharCode(0x2800 + left + right))),
);

const BLOCKS = ' ▁▂▃▄▅▆▇█';

/** Rising ink in characters that every terminal has. */
const ASCII = ' .:|';

/** The cells of each style. */
export const CELL_STYLES: Readonly<Record<GraphStyle, CellStyle>> = {
  braille: {
    across: 2,
    levels: 4,
    glyph: (left, right) => BRAILLE[left * RIGHT_DOTS.length + right] ?? ' ',
  },
  block: { across: 1, levels: 8, glyph: (level) => BLOCKS[level] ?? ' ' },
  ascii: { across: 1, levels: 3, glyph: (level) => ASCII[level] ?? ' ' },
};
