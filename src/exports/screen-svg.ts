import type { Ink, StyledLine } from '../format/styled.ts';
import { CELL, type CellShape } from './svg/cell.ts';
import { cellShape } from './svg/cell-shape.ts';
import { escapeXml } from './svg/escape-xml.ts';

/** What is drawn: painted lines, and the columns and rows of the terminal that they fill. */
export interface Picture {
  readonly lines: readonly StyledLine[];
  readonly columns: number;
  readonly rows: number;
  /** For those who cannot see it, and as the title in a browser. */
  readonly title: string;
}

/**
 * A picture of the screen as one SVG file: what the terminal shows, cell by cell. Graphs and frames are drawn as paths,
 * words are text that can be searched and copied, squeezed or stretched into their cells whatever the font.
 */
export function encodeScreenSvg({ lines, columns, rows, title }: Picture): string {
  const [width, height] = [columns * CELL.width, rows * CELL.height];
  const layers = new Layers();
  lines.slice(0, rows).forEach((line, row) => {
    drawLine(layers, line, row, columns);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="15">
<title>${escapeXml(title)}</title>
<rect width="${width}" height="${height}" fill="${BACKGROUND}"/>
${layers.markup()}
</svg>
`;
}

const BACKGROUND = '#111417';

/** A picture has no terminal whose colours it could take: these are legible on its dark ground. */
const COLOUR: Readonly<Record<Ink, string>> = {
  default: '#d0d0d0',
  dim: '#868686',
  red: '#cc6666',
  green: '#b5bd68',
  yellow: '#f0c674',
  blue: '#81a2be',
  magenta: '#b294bb',
  cyan: '#8abeb7',
  white: '#eaeaea',
  brightRed: '#e06c6c',
  brightYellow: '#ffd75f',
  brightCyan: '#70c0b1',
};

/** Where letters stand on, from the top of the cell. */
const BASELINE = 14;

/** Everything drawn so far: grounds below, then shapes by colour, then words. */
class Layers {
  readonly #grounds = new Map<string, string>();
  readonly #shapes = new Map<string, string>();
  readonly #words: string[] = [];

  ground(colour: string, path: string): void {
    this.#grounds.set(colour, (this.#grounds.get(colour) ?? '') + path);
  }

  shape(kind: CellShape['kind'], colour: string, path: string): void {
    const attributes = SHAPE_ATTRIBUTES[kind](colour);
    this.#shapes.set(attributes, (this.#shapes.get(attributes) ?? '') + path);
  }

  words(markup: string): void {
    this.#words.push(markup);
  }

  markup(): string {
    const grounds = [...this.#grounds].map(([colour, path]) => `<path fill="${colour}" d="${path}"/>`);
    const shapes = [...this.#shapes].map(([attributes, path]) => `<path ${attributes} d="${path}"/>`);
    return [...grounds, ...shapes, ...this.#words].join('\n');
  }
}

const SHAPE_ATTRIBUTES: Readonly<Record<CellShape['kind'], (colour: string) => string>> = {
  area: (colour) => `fill="${colour}"`,
  line: (colour) => `fill="none" stroke="${colour}"`,
  'heavy-line': (colour) => `fill="none" stroke-width="2" stroke="${colour}"`,
  'shade-1': (colour) => `fill-opacity="0.25" fill="${colour}"`,
  'shade-2': (colour) => `fill-opacity="0.5" fill="${colour}"`,
  'shade-3': (colour) => `fill-opacity="0.75" fill="${colour}"`,
};

function drawLine(layers: Layers, line: StyledLine, row: number, columns: number): void {
  const y = row * CELL.height;
  let column = 0;
  for (const { text, style } of line) {
    const shown = text.slice(0, Math.max(0, columns - column));
    const ink = COLOUR[style.ink ?? 'default'];
    const x = column * CELL.width;
    const width = shown.length * CELL.width;
    if (style.inverse && width > 0) layers.ground(ink, `M${x} ${y}h${width}v${CELL.height}h${-width}z`);
    const colour = style.inverse ? BACKGROUND : ink;
    drawText(layers, shown, column, row, `fill="${colour}"${style.bold ? ' font-weight="bold"' : ''}`, colour);
    if (style.underline && width > 0) layers.shape('line', colour, `M${x} ${y + BASELINE + 2.5}h${width}`);
    column += shown.length;
  }
}

/** Words are placed one by one, so that the spaces of no font move what follows them. */
function drawText(layers: Layers, text: string, column: number, row: number, attributes: string, colour: string): void {
  const y = row * CELL.height;
  let word = '';
  const flush = (end: number) => {
    if (word !== '') {
      const x = (column + end - word.length) * CELL.width;
      layers.words(
        `<text x="${x}" y="${y + BASELINE}" textLength="${word.length * CELL.width}" lengthAdjust="spacingAndGlyphs" ${attributes}>${escapeXml(word)}</text>`,
      );
    }
    word = '';
  };
  for (let index = 0; index < text.length; index += 1) {
    const codeUnit = text.charCodeAt(index);
    const shape = cellShape(codeUnit, (column + index) * CELL.width, y);
    if (shape !== undefined) {
      flush(index);
      if (shape.path !== '') layers.shape(shape.kind, colour, shape.path);
    } else if (codeUnit === SPACE) flush(index);
    else word += text.charAt(index);
  }
  flush(text.length);
}

const SPACE = 0x20;
