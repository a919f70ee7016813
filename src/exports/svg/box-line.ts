import { CELL, type CellShape } from './cell.ts';

/**
 * Lines of the box characters, light, heavy, rounded and dashed. What is not among them (double lines, mixed weights)
 * stays text.
 */
export function boxLine(codeUnit: number, x: number, y: number): CellShape | undefined {
  const rounded = ROUNDED[codeUnit];
  if (rounded !== undefined) return { kind: 'line', path: corner(rounded, x, y) };
  const dashed = DASHED[codeUnit];
  if (dashed !== undefined) return { kind: 'line', path: dashes(dashed, x, y) };
  const light = LIGHT[codeUnit];
  if (light !== undefined) return { kind: 'line', path: arms(light, x, y) };
  const heavy = HEAVY[codeUnit];
  return heavy === undefined ? undefined : { kind: 'heavy-line', path: arms(heavy, x, y) };
}

/** Lines lie on the middle of a pixel, where a viewer draws them sharp. */
const CENTRE = { x: 4.5, y: 9.5 } as const;
const { width: W, height: H } = CELL;

/** Which ways the lines go from the centre: left, right, up, down. */
const LIGHT: Readonly<Record<number, string>> = {
  9472: 'lr',
  9474: 'ud',
  9484: 'rd',
  9488: 'ld',
  9492: 'ru',
  9496: 'lu',
  9500: 'udr',
  9508: 'udl',
  9516: 'lrd',
  9524: 'lru',
  9532: 'lrud',
  9588: 'l',
  9589: 'u',
  9590: 'r',
  9591: 'd',
};

const HEAVY: Readonly<Record<number, string>> = {
  9473: 'lr',
  9475: 'ud',
  9487: 'rd',
  9491: 'ld',
  9495: 'ru',
  9499: 'lu',
  9507: 'udr',
  9515: 'udl',
  9523: 'lrd',
  9531: 'lru',
  9547: 'lrud',
  9592: 'l',
  9593: 'u',
  9594: 'r',
  9595: 'd',
};

const ROUNDED: Readonly<Record<number, string>> = { 9581: 'rd', 9582: 'ld', 9583: 'lu', 9584: 'ru' };

/** The direction, and into how many dashes the line is broken. */
const DASHED: Readonly<Record<number, readonly ['across' | 'down', number]>> = {
  9476: ['across', 3],
  9478: ['down', 3],
  9480: ['across', 4],
  9482: ['down', 4],
  9548: ['across', 2],
  9550: ['down', 2],
};

function arms(ways: string, x: number, y: number): string {
  const [cx, cy] = [x + CENTRE.x, y + CENTRE.y];
  const ends: Readonly<Record<string, string>> = {
    l: `M${cx + 0.5} ${cy}H${x}`,
    r: `M${cx - 0.5} ${cy}H${x + W}`,
    u: `M${cx} ${cy + 0.5}V${y}`,
    d: `M${cx} ${cy - 0.5}V${y + H}`,
  };
  return [...ways].map((way) => ends[way] ?? '').join('');
}

function corner(ways: string, x: number, y: number): string {
  const [cx, cy] = [x + CENTRE.x, y + CENTRE.y];
  const side = ways.includes('l') ? x : x + W;
  const [edge, bend] = ways.includes('d') ? [y + H, cy + CENTRE.x] : [y, cy - CENTRE.x];
  return `M${cx} ${edge}V${bend}Q${cx} ${cy} ${side} ${cy}`;
}

function dashes([direction, parts]: readonly ['across' | 'down', number], x: number, y: number): string {
  const length = (direction === 'across' ? W : H) / parts;
  const drawn = length / 2;
  return Array.from({ length: parts }, (_, part) => {
    const from = part * length + drawn / 2;
    return direction === 'across' ? `M${x + from} ${y + CENTRE.y}h${drawn}` : `M${x + CENTRE.x} ${y + from}v${drawn}`;
  }).join('');
}
