import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { plain } from '../../src/format/styled.ts';
import { columnsOf } from '../../src/series/columns.ts';
import { Series } from '../../src/series/series.ts';
import { columnsKept } from '../../src/views/columns-memo.ts';
import { drawGraph, type Graph, type GraphPlace } from '../../src/views/graph.ts';
import type { Mark } from '../../src/views/graph-span.ts';
import type { GraphStyle } from '../../src/views/state.ts';

function seriesOf(values: readonly (number | undefined)[]): Series {
  const series = new Series(100);
  for (const [at, value] of values.entries()) series.push(at, value ?? missing('failed'));
  return series;
}

const graphOf = (series: Series): Graph => ({ series, fold: 'last', atLeast: 0, ink: 'cyan', print: String });

const placeOf = (style: GraphStyle, columns: number, marks: readonly Mark[] = []): GraphPlace => ({
  columns,
  rows: 2,
  axis: false,
  style,
  span: { span: { untilSeconds: 7.5, spanSeconds: 8 }, label: '8 s' },
  marks,
});

const texts = (values: readonly (number | undefined)[], style: GraphStyle, columns: number) =>
  drawGraph(graphOf(seriesOf(values)), placeOf(style, columns)).map(plain);

test('braille: two values across, four levels a row, filled from the bottom', () => {
  expect(texts([1, 2, 3, 4, 5, 6, 7, 8], 'braille', 4)).toEqual(['  ⣠⣾', '⣠⣾⣿⣿']);
});

test('blocks: a value a column, eight levels a row', () => {
  expect(texts([2, 4, 6, 8, 10, 12, 14, 16], 'block', 8)).toEqual(['    ▂▄▆█', '▂▄▆█████']);
});

test('ASCII: three levels a row', () => {
  expect(texts([1, 2, 3, 4, 5, 6, 6, 6], 'ascii', 8)).toEqual(['   .:|||', '.:||||||']);
});

test('a gap is blank, a known nothing is not', () => {
  expect(texts([8, 8, undefined, undefined, 0, 0, 8, 8], 'block', 8)).toEqual(['██    ██', '██  ▁▁██']);
});

test('a drop is a mark from top to bottom, named on the axis where there is room', () => {
  const marks = [{ monotonicSeconds: 2.5, label: '13:24 drop_caches=2' }];
  const place = { ...placeOf('block', 40, marks), axis: true };
  const lines = drawGraph(graphOf(seriesOf([1, 1, 1, 1, 1, 1, 1, 1])), place).map(plain);
  expect(lines[0]?.[14]).toBe('┊');
  expect(lines[1]?.[14]).toBe('┊');
  expect(lines[2]).toBe('-8 s, top 1   ┊ 13:24 drop_caches=2  now');
});

test('values have the colour of how bad they are, or of another series', () => {
  const series = seriesOf([1, 1, 9, 9]);
  const graph: Graph = { ...graphOf(series), ink: (value) => (value > 5 ? 'red' : 'green') };
  const place = { ...placeOf('block', 4), span: { span: { untilSeconds: 3.5, spanSeconds: 4 }, label: '4 s' } };
  const inks = (drawn: Graph) => drawGraph(drawn, place)[1]?.map(({ style }) => style.ink);
  expect(inks(graph)).toEqual(['green', 'red']);
  expect(inks({ ...graph, inkBy: seriesOf([9, 9, 9, 1]) })).toEqual(['red', 'green']);
});

test('the same lines come back while no column has changed', () => {
  const graph = graphOf(seriesOf([1, 2, 3]));
  const place = placeOf('braille', 10);
  expect(drawGraph(graph, place)).toBe(drawGraph(graph, place));
});

test('columns that are kept are those that would be computed anew, with gaps, pauses and looks back', () => {
  const series = new Series(500);
  let at = 0;
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let turn = 0; turn < 2000; turn += 1) {
    at += random() < 0.02 ? 40 : random() * 3;
    series.push(at, random() < 0.1 ? missing('failed') : random() * 100);
    const untilSeconds = random() < 0.1 ? at - random() * 60 : at + (random() < 0.3 ? random() * 5 : 0);
    for (const fold of ['peak', 'last'] as const) {
      const span = { untilSeconds, spanSeconds: 300 };
      const anew = columnsOf(series, span, 60, fold);
      // Left of the first point in sight, what is kept may still know which value held there.
      const first = anew.findIndex((value) => value !== undefined);
      const from = first === -1 ? anew.length : first;
      expect(columnsKept(series, span, 60, fold).slice(from)).toEqual(anew.slice(from));
    }
  }
});
