import { expect, test } from 'vitest';
import { run } from '../../../src/format/styled.ts';
import { attributeOf, withoutColour } from '../../../src/views/terminal/attributes.ts';
import type { Cell, CellRow } from '../../../src/views/terminal/blessed-parts.ts';
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

test('without colour bold, inverse and underline stay', () => {
  const style = { bold: true, inverse: true, underline: true } as const;
  expect(withoutColour(attributeOf({ ...style, ink: 'cyan' }, 16))).toBe(attributeOf(style, 0));
});

test('lines are the same by what they show, not by identity', () => {
  expect(sameLine([run('a', { bold: true })], [run('a', { bold: true })])).toBe(true);
  expect(sameLine([run('a', { bold: true })], [run('a')])).toBe(false);
  expect(sameLine([run('a')], [run('a'), run('b')])).toBe(false);
  expect(sameLine(undefined, [])).toBe(false);
});
