import { type Ink, type Run, run, type Style, type StyledLine } from '../format/styled.ts';
import type { Fold } from '../series/columns.ts';
import type { Series } from '../series/series.ts';
import { columnsKept } from './columns-memo.ts';
import { CELL_STYLES } from './graph-cells.ts';
import { type Mark, markColumns, type NamedSpan } from './graph-span.ts';
import type { GraphStyle } from './state.ts';

/** What a graph shows and how. */
export interface Graph {
  readonly series: Series;
  readonly fold: Fold;
  /** The value that fills the height, unless a larger one is shown. */
  readonly atLeast: number;
  /** The colour of a value. */
  readonly ink: Ink | ((value: number) => Ink);
  /** Colours the columns by another series than the one whose height is drawn. */
  readonly inkBy?: Series;
  /** Prints a value for the scale. */
  print(value: number): string;
}

/** Where, and with what, a graph is drawn. */
export interface GraphPlace {
  readonly columns: number;
  /** Rows of the graph itself; with `axis` one more line stands below. */
  readonly rows: number;
  readonly axis: boolean;
  readonly style: GraphStyle;
  readonly span: NamedSpan;
  readonly marks: readonly Mark[];
}

const MARK: Style = { ink: 'yellow', bold: true };
const MARK_GLYPH = '┊';

/** Everything that the lines of a graph are made from, after the values became heights. */
interface Shape {
  readonly columns: number;
  readonly rows: number;
  readonly style: GraphStyle;
  /** The height of each column, in levels of a cell. */
  readonly levels: readonly number[];
  /** The style of each cell, or the one of all. */
  readonly inks: readonly Style[];
  readonly marks: ReadonlyMap<number, Mark>;
  /** What stands below on the left, where there is an axis: the stretch and the scale, and shorter. */
  readonly scale: readonly string[];
}

type Columns = readonly (number | undefined)[];

const drawn = new WeakMap<Series, { readonly shape: Shape; readonly lines: readonly StyledLine[] }>();

/**
 * A filled graph in exactly that many rows, and below it the axis. Where nothing is known it stays blank. The same
 * lines as before come back while they would look the same: most new values change nothing in most graphs.
 */
export function drawGraph(graph: Graph, place: GraphPlace): readonly StyledLine[] {
  if (place.columns < 1 || place.rows < 1) return [];
  const shape = shapeOf(graph, place);
  const before = drawn.get(graph.series);
  if (before !== undefined && isSame(before.shape, shape)) return before.lines;
  const lines = drawShape(shape);
  drawn.set(graph.series, { shape, lines });
  return lines;
}

/** The stretch that a graph shows and the value that fills its height, for where it has no axis of its own. */
export function graphScale(graph: Graph, { columns, style, span }: GraphPlace): string {
  const { across } = CELL_STYLES[style];
  return scaleText(graph, span, largestOf(graph, columnsKept(graph.series, span.span, columns * across, graph.fold)));
}

function scaleText(graph: Graph, { label }: NamedSpan, largest: number): string {
  return `-${label}, top ${graph.print(largest)}`;
}

function largestOf(graph: Graph, values: Columns): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), graph.atLeast);
}

function shapeOf(graph: Graph, { columns, rows, axis, style, span, marks }: GraphPlace): Shape {
  const { across, levels: perCell } = CELL_STYLES[style];
  const values = columnsKept(graph.series, span.span, columns * across, graph.fold);
  const inkBy = graph.inkBy === undefined ? values : columnsKept(graph.inkBy, span.span, columns * across, graph.fold);
  const largest = largestOf(graph, values);
  const height = rows * perCell;
  return {
    columns,
    rows,
    style,
    // A value that is known is seen, also where it is nothing beside the largest: only a gap is blank.
    levels: values.map((value) =>
      value === undefined ? 0 : Math.max(1, Math.round((Math.max(0, value) / (largest || 1)) * height)),
    ),
    inks: cellInks(graph, inkBy, columns, across),
    marks: markColumns(marks, span.span, columns),
    scale: axis ? [scaleText(graph, span, largest), `-${span.label}`] : [],
  };
}

function isSame(one: Shape, other: Shape): boolean {
  return (
    one.columns === other.columns &&
    one.rows === other.rows &&
    one.style === other.style &&
    areSame(one.scale, other.scale) &&
    areSame(one.levels, other.levels) &&
    areSame(one.inks, other.inks) &&
    one.marks.size === other.marks.size &&
    [...one.marks].every(([at, mark]) => other.marks.get(at)?.label === mark.label)
  );
}

function areSame<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((each, at) => each === others[at]);
}

function drawShape(shape: Shape): StyledLine[] {
  const { columns, rows, style, levels, inks, marks } = shape;
  const cell = CELL_STYLES[style];
  const lines: StyledLine[] = [];
  for (let row = rows - 1; row >= 0; row -= 1) {
    const runs = new RunBuilder();
    const below = row * cell.levels;
    for (let at = 0; at < columns; at += 1) {
      if (marks.has(at)) {
        runs.add(MARK_GLYPH, MARK);
        continue;
      }
      const first = at * cell.across;
      const left = levelAbove(levels[first], below, cell.levels);
      const glyph = cell.glyph(left, levelAbove(levels[first + cell.across - 1], below, cell.levels));
      runs.add(glyph, glyph === ' ' ? BLANK : (inks[at] ?? inks[0] ?? BLANK));
    }
    lines.push(runs.done());
  }
  if (shape.scale.length > 0) lines.push(axisLine(shape));
  return lines;
}

/** How much of a row, of so many levels, a column of that height fills. */
function levelAbove(height: number | undefined, below: number, levels: number): number {
  if (height === undefined || height <= below) return 0;
  return Math.min(height - below, levels);
}

const BLANK: Style = {};
const DIM: Style = { ink: 'dim' };

const STYLE_OF_INK = new Map<Ink, Style>();

function styleOf(ink: Ink): Style {
  const known = STYLE_OF_INK.get(ink);
  if (known !== undefined) return known;
  const style: Style = { ink };
  STYLE_OF_INK.set(ink, style);
  return style;
}

function cellInks({ ink }: Graph, values: Columns, columns: number, across: number): readonly Style[] {
  if (typeof ink !== 'function') return [styleOf(ink)];
  return Array.from({ length: columns }, (_, at) => {
    const first = values[at * across];
    const second = values[at * across + across - 1];
    return styleOf(ink(Math.max(first ?? 0, second ?? 0)));
  });
}

/** `-1 h, top 1.25 GiB ... 13:24 drop_caches=2 ... now` under the graph. */
function axisLine({ columns, marks, scale }: Shape): StyledLine {
  const texts: { readonly at: number; readonly text: string; readonly style: Style }[] = [];
  /** Writes a text where it fits with a blank on either side, and says whether it did. */
  const write = (at: number, text: string, style: Style): boolean => {
    const free = texts.every((other) => at > other.at + other.text.length || at + text.length < other.at);
    if (!free || at < 0 || at + text.length > columns) return false;
    texts.push({ at, text, style });
    return true;
  };
  for (const [at, mark] of [...marks].reverse()) {
    const text = `${MARK_GLYPH} ${mark.label}`;
    if (!write(at, text, MARK) && !write(at - text.length + 1, `${mark.label} ${MARK_GLYPH}`, MARK)) {
      write(at, MARK_GLYPH, MARK);
    }
  }
  write(columns - 3, 'now', DIM);
  scale.some((text) => write(0, text, DIM));
  const runs: Run[] = [];
  let end = 0;
  for (const { at, text, style } of texts.sort((a, b) => a.at - b.at)) {
    if (at > end) runs.push(run(' '.repeat(at - end), DIM));
    runs.push(run(text, style));
    end = at + text.length;
  }
  if (end < columns) runs.push(run(' '.repeat(columns - end), DIM));
  return runs;
}

/** Joins cells of one style into runs; most cells look like the one before them. */
class RunBuilder {
  readonly #runs: Run[] = [];
  #text = '';
  #style: Style = BLANK;
  #glyph = '';
  #times = 0;

  add(glyph: string, style: Style): void {
    if (glyph === this.#glyph && style === this.#style) {
      this.#times += 1;
      return;
    }
    this.#take();
    if (style !== this.#style) this.#end();
    this.#style = style;
    this.#glyph = glyph;
    this.#times = 1;
  }

  done(): StyledLine {
    this.#take();
    this.#end();
    return this.#runs;
  }

  #take(): void {
    this.#text += this.#times === 1 ? this.#glyph : this.#glyph.repeat(this.#times);
    this.#times = 0;
  }

  #end(): void {
    if (this.#text === '') return;
    this.#runs.push(run(this.#text, this.#style));
    this.#text = '';
  }
}
