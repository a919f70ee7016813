import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { encodeScreenSvg } from '../../src/exports/screen-svg.ts';
import { run, type StyledLine } from '../../src/format/styled.ts';

const CELL_WIDTH = 9;
const CELL_HEIGHT = 18;
const GROUND = [0x11, 0x14, 0x17];

const svgOf = (lines: readonly StyledLine[], columns = 20, rows = lines.length) =>
  encodeScreenSvg({ lines, columns, rows, title: 'node-7' });

/** How many pixels of a cell are not ground; fonts play no part. */
function painted(svg: string, column: number, row: number): number {
  const picture = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  let count = 0;
  for (let y = row * CELL_HEIGHT; y < (row + 1) * CELL_HEIGHT; y += 1) {
    for (let x = column * CELL_WIDTH; x < (column + 1) * CELL_WIDTH; x += 1) {
      const at = (y * picture.width + x) * 4;
      if (GROUND.some((value, channel) => picture.pixels[at + channel] !== value)) count += 1;
    }
  }
  return count;
}

const ALL = CELL_WIDTH * CELL_HEIGHT;

test('the picture has the size of the terminal, whatever the lines are', () => {
  const { width, height } = new Resvg(svgOf([[run('x'.repeat(500))]], 80, 24)).render();
  expect([width, height]).toEqual([80 * CELL_WIDTH, 24 * CELL_HEIGHT]);
  expect(svgOf([[run('x'.repeat(500))]], 80, 24)).toContain(`textLength="${80 * CELL_WIDTH}"`);
});

test('more lines than rows are not drawn', () => {
  expect(svgOf([[run('one')], [run('two')]], 20, 1)).not.toContain('two');
});

test('blocks fill as much of their cell as they say', () => {
  const svg = svgOf([[run('█▄▌▁░ ')]]);
  expect([0, 1, 2, 3, 4, 5].map((column) => painted(svg, column, 0))).toEqual([
    ALL,
    ALL / 2,
    // Half of nine columns and an eighth of eighteen rows end within a pixel, which is painted in part.
    5 * CELL_HEIGHT,
    3 * CELL_WIDTH,
    ALL,
    0,
  ]);
});

test('a blank braille cell is empty, and each of the eight dots is drawn in its own place', () => {
  const svg = svgOf([[run('\u2800⠁⠂⠄⠈⠐⠠⡀⢀⣿')]]);
  expect(painted(svg, 0, 0)).toBe(0);
  const dots = [1, 2, 3, 4, 5, 6, 7, 8].map((column) => painted(svg, column, 0));
  expect(Math.min(...dots)).toBeGreaterThan(0);
  expect(painted(svg, 9, 0)).toBe(dots.reduce((sum, count) => sum + count, 0));
});

test('frames of all kinds are drawn without a font and join at the edges of their cells', () => {
  const svg = svgOf([[run('╭─┬╮')], [run('│╌┼┆')], [run('╰─┴╯')], [run('┏━┳┓')]]);
  expect(svg).not.toContain('<text');
  for (let row = 0; row < 4; row += 1) {
    for (let column = 0; column < 4; column += 1)
      expect(painted(svg, column, row), `${column} ${row}`).toBeGreaterThan(3);
  }
});

test('inverse swaps colours, and an underlined text has its line', () => {
  expect(painted(svgOf([[run('  ', { inverse: true, ink: 'red' })]]), 1, 0)).toBe(ALL);
  expect(painted(svgOf([[run('  ', { underline: true })]]), 0, 0)).toBeGreaterThanOrEqual(CELL_WIDTH);
});

test('words stand in their columns whatever the font: each has a place and a length', () => {
  const svg = svgOf([[run('ab  cd', { bold: true })]]);
  expect(svg).toContain(
    '<text x="0" y="14" textLength="18" lengthAdjust="spacingAndGlyphs" fill="#d0d0d0" font-weight="bold">ab</text>',
  );
  expect(svg).toContain('<text x="36" y="14" textLength="18"');
});

test('markup in a name is text', () => {
  const hostile = '</text><script>alert("x")</script>&\u001b\u202e\ud800';
  const svg = encodeScreenSvg({ lines: [[run(hostile)]], columns: 80, rows: 1, title: hostile });
  expect(svg).not.toContain('<script');
  expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(new Resvg(svg).render().width).toBe(720);
});
