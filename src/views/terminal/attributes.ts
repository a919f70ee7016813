import type { Ink, Style } from '../../format/styled.ts';

/** The terminal's own colours: 9 bits of foreground and background, 0x1ff for "default", flags above. */
export const DEFAULT_ATTRIBUTE = attribute(0, 0x1ff);

const BOLD = 1;
const UNDERLINE = 2;
const INVERSE = 8;

const COLOUR_OF_INK: Readonly<Record<Ink, number>> = {
  default: 0x1ff,
  dim: 8,
  red: 1,
  green: 2,
  yellow: 3,
  blue: 4,
  magenta: 5,
  cyan: 6,
  white: 7,
  brightRed: 9,
  brightYellow: 11,
  brightCyan: 14,
};

/** Of the 256 colours, those that can be read on white: yellow and cyan of the sixteen cannot. */
const ON_LIGHT: Readonly<Record<Ink, number>> = {
  default: 0x1ff,
  dim: 240,
  red: 124,
  green: 22,
  yellow: 94,
  blue: 19,
  magenta: 90,
  cyan: 24,
  white: 238,
  brightRed: 160,
  brightYellow: 94,
  brightCyan: 24,
};

/** The same of the sixteen, on a terminal that has no more. */
const ON_LIGHT_OF_SIXTEEN: Readonly<Record<Ink, number>> = {
  ...COLOUR_OF_INK,
  dim: 0x1ff,
  yellow: 5,
  cyan: 4,
  white: 0x1ff,
  brightYellow: 5,
  brightCyan: 4,
};

const BLACK = 0;
const WHITE = 15;

/** Colours on which black is read better than white: the lighter half of the sixteen. */
const LIGHT_COLOURS: ReadonlySet<number> = new Set([2, 3, 6, 7, 8, 10, 11, 13, 14, 15]);

/**
 * The cell attribute of a style on a terminal with that many colours (0 for none wanted). With 8 colours bright ones
 * become their plain twins, and `dim` becomes the default colour: bright black would be black on black. `light` is a
 * terminal with a light background.
 */
export function attributeOf(style: Style, colours: number, light = false): number {
  const flags = (style.bold ? BOLD : 0) | (style.underline ? UNDERLINE : 0) | (style.inverse ? INVERSE : 0);
  const colour = colourOf(style.ink ?? 'default', colours, light);
  if (style.inverse !== true || colour === COLOUR_OF_INK.default) return attribute(flags, colour);
  // What stands on a coloured cell has a colour of its own: the terminal's background may be as light as the cell.
  const text = LIGHT_COLOURS.has(colour) ? BLACK : colours < 16 ? WHITE % 8 : WHITE;
  return attribute(flags & ~INVERSE, text, colour);
}

/** An attribute without its colours; bold, underline and inverse stay. */
export function withoutColour(value: number): number {
  return attribute(value >> 18, 0x1ff);
}

function colourOf(ink: Ink, colours: number, light: boolean): number {
  if (colours < 8) return COLOUR_OF_INK.default;
  if (light) return colours >= 256 ? ON_LIGHT[ink] : ON_LIGHT_OF_SIXTEEN[ink];
  const colour = COLOUR_OF_INK[ink];
  if (colours < 16 && ink === 'dim') return COLOUR_OF_INK.default;
  if (colours < 16 && colour < 16) return colour % 8;
  return colour;
}

function attribute(flags: number, foreground: number, background = 0x1ff): number {
  return (flags << 18) | (foreground << 9) | background;
}
