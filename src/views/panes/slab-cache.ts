import { isMissing, mapKnown } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { say } from '../../diagnosis/prose/say.ts';
import type { KnownCache } from '../../diagnosis/slab-caches/cache-facts.ts';
import { knownCache } from '../../diagnosis/slab-caches/known-caches.ts';
import { ageRuns } from '../../format/age.ts';
import { type Part, spread } from '../../format/fit.ts';
import { growthPerMinuteRun } from '../../format/growth.ts';
import { PRINTER } from '../../format/printer.ts';
import { bytes, count, percent } from '../../format/quantity.ts';
import { type Run, run, type StyledLine } from '../../format/styled.ts';
import { valueRun, valueText } from '../../format/value.ts';
import { wrapText } from '../../format/wrap.ts';
import type { CacheModel } from '../../model/model.ts';
import { drawGraph } from '../graph.ts';
import { dropMarks, graphSpan } from '../graph-span.ts';
import type { Shown } from '../pane.ts';
import type { Size } from '../state.ts';

/** Columns of the words on the left. */
const LABEL_COLUMNS = 10;

/** A graph lower than this shows nothing; with its axis it is one line more. */
const LEAST_GRAPH_ROWS = 2;

/** All about one slab cache: what it holds, who makes it grow, whether a drop frees it, its counts and its graph. */
export function cacheLines(shown: Shown, cache: CacheModel, size: Size): readonly StyledLine[] {
  const text = [headLine(shown, cache, size.columns), [], ...aboutLines(shown, cache, size.columns), []];
  const lines = text.slice(0, size.rows);
  const rows = size.rows - lines.length - 1;
  return rows < LEAST_GRAPH_ROWS ? lines : [...lines, ...graphOf(shown, cache, size.columns, rows)];
}

function headLine({ model }: Shown, cache: CacheModel, columns: number): StyledLine {
  const strong = { bold: true } as const;
  const share = mapKnown(model.node.memoryTotalBytes, (memory) => percent((cache.sizeBytes / memory) * 100));
  const part = (rank: number, ...runs: Run[]): Part => ({ rank, runs });
  const parts = [
    part(0, run(` ${printable(cache.name)}`, strong)),
    part(0, run(bytes(cache.sizeBytes), strong), ...ageRuns(model, 'caches')),
    ...(isMissing(share) ? [] : [part(1, run(share, strong), run(' of memory', { ink: 'dim' }))]),
    part(2, growthPerMinuteRun(cache.growthBytesPerSecond), run(' a minute', { ink: 'dim' })),
  ];
  return spread(parts, [part(3, run('Esc: all caches ', { ink: 'dim' }))], columns, 3);
}

function aboutLines(shown: Shown, cache: CacheModel, columns: number): StyledLine[] {
  const known = knownCache(cache.name);
  const said = (label: string, text: string): StyledLine[] =>
    wrapText(printable(text), columns - LABEL_COLUMNS - 2).map((line, at) => [
      run(` ${(at === 0 ? label : '').padEnd(LABEL_COLUMNS)}`, { ink: 'dim' }),
      run(line),
    ]);
  const notKnown = say({ id: 'cache.not-known', values: { name: cache.name } }, PRINTER);
  const facts =
    known === undefined
      ? said('holds', notKnown)
      : [
          ...said('holds', known.holds),
          ...said('grows', `with ${known.grows}`),
          ...said('drop', say({ id: 'cache.drop', values: { drop: known.drop } }, PRINTER)),
        ];
  return [
    ...facts,
    ...said('objects', objectsText(cache)),
    ...nowLines(shown, cache, known).flatMap(({ label, text }) => said(label, text)),
    ...(known === undefined ? [] : said('made in', `${known.source} of the kernel's source`)),
  ];
}

function objectsText({ activeObjects, objects, usePct, objectBytes, objectsPerSlab, pagesPerSlab, slabs }: CacheModel) {
  const pages = pagesPerSlab === 1 ? 'one page' : `${count(pagesPerSlab)} pages`;
  const inUse = `${count(activeObjects)} in use, room for ${count(objects)} (${percent(usePct)})`;
  return `${inUse}; ${bytes(objectBytes)} each, ${count(objectsPerSlab)} in a slab of ${pages}, ${count(slabs)} slabs`;
}

/** What else is counted of the things that a cache is made of. */
function nowLines({ model }: Shown, { name }: CacheModel, known: KnownCache | undefined) {
  if (known?.of === 'cgroups') {
    const { live, dying } = model.memcg;
    return [{ label: 'cgroups', text: `${valueText(live, count)} live, ${valueText(dying, count)} dying` }];
  }
  if (known === undefined || !known.names.includes('dentry')) return [];
  const { unused, negative } = model.dentry;
  const text = `${valueText(unused, count)} unused; negative: ${valueText(negative, count)}`;
  return [{ label: printable(name), text }];
}

function graphOf(shown: Shown, cache: CacheModel, columns: number, rows: number): readonly StyledLine[] {
  const series = shown.history.ofCache(cache.name);
  if (series === undefined) return [[run(' no size is known of before', { ink: 'dim' })]];
  const title: StyledLine = [run(' size  ', { ink: 'dim' }), valueRun(series.last, bytes, { ink: 'magenta' })];
  const place = {
    columns: Math.max(1, columns - 2),
    rows: Math.max(1, rows - 1),
    axis: true,
    style: shown.state.theme.graph,
    span: graphSpan(shown),
    marks: dropMarks(shown),
  };
  const graph = drawGraph({ series, fold: 'peak', atLeast: 0, ink: 'magenta', print: bytes }, place);
  return [title, ...graph.map((line): StyledLine => [run(' '), ...line])];
}
