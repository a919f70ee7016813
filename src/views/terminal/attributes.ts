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

/**
 * The cell attribute of a style on a terminal with that many colours (0 for none wanted). With 8 colours bright ones
 * become their plain twins, and `dim` becomes the default colour: bright black would be black on black.
 */
export function attributeOf(style: Style, colours: number): number {
  const flags = (style.bold ? BOLD : 0) | (style.underline ? UNDERLINE : 0) | (style.inverse ? INVERSE : 0);
  return attribute(flags, colourOf(style.ink ?? 'default', colours));
}

/** An attribute without its colours; bold, underline and inverse stay. */
export function withoutColour(value: number): number {
  return attribute(value >> 18, 0x1ff);
}

function colourOf(ink: Ink, colours: number): number {
  const colour = COLOUR_OF_INK[ink];
  if (colours < 8) return COLOUR_OF_INK.default;
  if (colours < 16 && ink === 'dim') return COLOUR_OF_INK.default;
  if (colours < 16 && colour < 16) return colour % 8;
  return colour;
}

function attribute(flags: number, foreground: number): number {
  return (flags << 18) | (foreground << 9) | 0x1ff;
}
