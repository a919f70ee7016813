import { boxLine } from './box-line.ts';
import { CELL, type CellShape } from './cell.ts';

/**
 * The shape of a braille, block or box character at a place; `undefined` for text. No font has all of them and few
 * join them without gaps, so that a picture made of them must not depend on fonts.
 */
export function cellShape(codeUnit: number, x: number, y: number): CellShape | undefined {
  if (codeUnit >= 0x2800 && codeUnit <= 0x28ff) return { kind: 'area', path: braille(codeUnit - 0x2800, x, y) };
  if (codeUnit >= 0x2580 && codeUnit <= 0x259f) return block(codeUnit - 0x2580, x, y);
  if (codeUnit >= 0x2500 && codeUnit <= 0x257f) return boxLine(codeUnit, x, y);
  return undefined;
}

const { width: W, height: H } = CELL;

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}

const DOT = 2.2;

/** Column and row of the dots by bit: Unicode numbers the first six down the columns and the last two below them. */
const DOTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

function braille(bits: number, x: number, y: number): string {
  return DOTS.filter((_, bit) => (bits >> bit) & 1)
    .map(([column, row]) => rectangle(x + 1.2 + column * 4.5, y + 1.2 + row * 4.5, DOT, DOT))
    .join('');
}

/** Quadrants by bit: upper left, upper right, lower left, lower right. */
const QUADRANTS: readonly number[] = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14];

function block(index: number, x: number, y: number): CellShape {
  const area = (path: string): CellShape => ({ kind: 'area', path });
  const whole = rectangle(x, y, W, H);
  if (index === 0x00) return area(rectangle(x, y, W, H / 2));
  if (index <= 0x08) return area(rectangle(x, y + H - (index / 8) * H, W, (index / 8) * H));
  if (index <= 0x0f) return area(rectangle(x, y, ((0x10 - index) / 8) * W, H));
  if (index === 0x10) return area(rectangle(x + W / 2, y, W / 2, H));
  if (index === 0x11) return { kind: 'shade-1', path: whole };
  if (index === 0x12) return { kind: 'shade-2', path: whole };
  if (index === 0x13) return { kind: 'shade-3', path: whole };
  if (index === 0x14) return area(rectangle(x, y, W, H / 8));
  if (index === 0x15) return area(rectangle(x + (W * 7) / 8, y, W / 8, H));
  const bits = QUADRANTS[index - 0x16] ?? 0;
  return area(
    [0, 1, 2, 3]
      .filter((bit) => (bits >> bit) & 1)
      .map((bit) => rectangle(x + (bit % 2) * (W / 2), y + (bit >> 1) * (H / 2), W / 2, H / 2))
      .join(''),
  );
}
