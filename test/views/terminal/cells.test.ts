import { describe, expect, test } from 'vitest';
import { run } from '../../../src/format/styled.ts';
import { attributeOf, withoutColour } from '../../../src/views/terminal/attributes.ts';
import type { Cell, CellRow } from '../../../src/views/terminal/blessed-parts.ts';
import { decideTerminal } from '../../../src/views/terminal/decide-terminal.ts';
import { glyph } from '../../../src/views/terminal/glyph.ts';
import { paintRow, sameLine } from '../../../src/views/terminal/paint-row.ts';

function emptyRow(columns: number): CellRow {
  const cells = Array.from({ length: columns }, (): Cell => [0, 'x']);
  return Object.assign(cells, { dirty: false });
}

test('a line is cut at the end of its row and blank after its own end', () => {
  const row = emptyRow(5);
  paintRow(row, [run('ab'), run('c')], { unicode: true, colours: 16 });
  expect(row.map(([, character]) => character).join('')).toBe('abc  ');
  expect(row.dirty).toBe(true);
  paintRow(row, [run('abcdefgh'), run('ij')], { unicode: true, colours: 16 });
  expect(row.map(([, character]) => character).join('')).toBe('abcde');
});

test.each([
  ['\x1b', '?'],
  ['\u0085', '?'],
  ['\u0301', '?'],
  ['\u200d', '?'],
  ['宽', '?'],
  ['가', '?'],
  ['⌚', '?'],
  ['\ud83d', '?'],
  ['\ue000', '?'],
  ['\u2800', ' '],
  ['\u2801', '\u2801'],
  ['é', 'é'],
  ['█', '█'],
  ['Δ', 'Δ'],
])('%j is shown as %j', (character, shown) => {
  expect(glyph(character.charCodeAt(0), true)).toBe(shown);
});

test('without UTF-8 everything beyond ASCII is replaced', () => {
  expect(glyph('é'.charCodeAt(0), false)).toBe('?');
  expect(glyph('~'.charCodeAt(0), false)).toBe('~');
});

test('dim is bright black with sixteen colours, and the own colour with eight', () => {
  const foreground = (value: number) => (value >> 9) & 0x1ff;
  expect(foreground(attributeOf({ ink: 'dim' }, 256))).toBe(8);
  expect(foreground(attributeOf({ ink: 'dim' }, 8))).toBe(0x1ff);
  expect(foreground(attributeOf({ ink: 'brightRed' }, 8))).toBe(1);
  expect(foreground(attributeOf({ ink: 'red' }, 0))).toBe(0x1ff);
});

test('without colour bold and underline stay', () => {
  const style = { bold: true, underline: true } as const;
  expect(withoutColour(attributeOf({ ...style, ink: 'cyan' }, 16))).toBe(attributeOf(style, 0));
});

test('lines are the same by what they show, not by identity', () => {
  expect(sameLine([run('a', { bold: true })], [run('a', { bold: true })])).toBe(true);
  expect(sameLine([run('a', { bold: true })], [run('a')])).toBe(false);
  expect(sameLine([run('a')], [run('a'), run('b')])).toBe(false);
  expect(sameLine(undefined, [])).toBe(false);
});

describe('light terminals', () => {
  const foreground = (value: number) => (value >> 9) & 0x1ff;
  const background = (value: number) => value & 0x1ff;
  const inks = [
    'dim',
    'red',
    'green',
    'yellow',
    'blue',
    'magenta',
    'cyan',
    'white',
    'brightRed',
    'brightYellow',
    'brightCyan',
  ] as const;

  /** WCAG's contrast of two colours of the 256. */
  const contrast = (one: number, other: number): number => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
    return (light + 0.05) / (dark + 0.05);
  };

  const luminance = (colour: number): number => {
    const [red = 0, green = 0, blue = 0] = rgbOf(colour).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  /** xterm's cube and greys; of the sixteen only white is asked for. */
  const rgbOf = (colour: number): number[] => {
    if (colour === 15) return [255, 255, 255];
    if (colour >= 232) return [0, 1, 2].map(() => 8 + (colour - 232) * 10);
    const steps = [0, 95, 135, 175, 215, 255];
    const at = colour - 16;
    return [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((step) => steps[step] ?? 0);
  };

  test.each(inks)('%s can be read on white, and white on it', (ink) => {
    expect(contrast(foreground(attributeOf({ ink }, 256, true)), 15)).toBeGreaterThan(4.5);
    const badge = attributeOf({ ink, inverse: true }, 256, true);
    expect(foreground(badge)).toBe(15);
    expect(background(badge)).toBe(foreground(attributeOf({ ink }, 256, true)));
  });

  test('no yellow and no cyan of the sixteen where there are no more', () => {
    for (const ink of inks) expect([3, 6, 7, 11, 14, 15]).not.toContain(foreground(attributeOf({ ink }, 16, true)));
  });

  test('text on a coloured cell has a colour of its own, whatever the background is', () => {
    const warning = attributeOf({ ink: 'yellow', inverse: true, bold: true }, 16);
    expect([foreground(warning), background(warning)]).toEqual([0, 3]);
    const critical = attributeOf({ ink: 'red', inverse: true }, 256);
    expect(background(critical)).toBe(1);
    expect([7, 15]).toContain(foreground(critical));
  });
});

test.each([
  ['0;15', true],
  ['0;default;15', true],
  ['15;0', false],
  [undefined, false],
])('COLORFGBG=%s', (COLORFGBG, light) => {
  const env = { TERM: 'xterm', ...(COLORFGBG === undefined ? {} : { COLORFGBG }) };
  expect(decideTerminal({ env, inputIsTty: true, outputIsTty: true })).toMatchObject({ light });
});
