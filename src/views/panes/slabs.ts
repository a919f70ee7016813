import { isMissing, knownOr, type Maybe, mapKnown } from '../../core/missing.ts';
import { ageBehind, ageRuns } from '../../format/age.ts';
import { type Part, spread } from '../../format/fit.ts';
import { bytes, count, percent, signed } from '../../format/quantity.ts';
import { type Run, run, type StyledLine } from '../../format/styled.ts';
import { sortRows } from '../../format/table.ts';
import { valueRun } from '../../format/value.ts';
import type { CacheModel } from '../../model/model.ts';
import { momentOf } from '../../model/moments.ts';
import { SLABTOP_COLUMNS } from '../../tables/caches.ts';
import { matches } from '../filter.ts';
import type { Action, Binding } from '../keymap.ts';
import type { Pane, Shown } from '../pane.ts';
import { rowsMemo } from '../rows-memo.ts';
import type { Size } from '../state.ts';
import { type Step, step } from '../step.ts';
import { tableLines } from '../table-lines.ts';
import { withTable } from '../table-state.ts';
import { withTrend } from '../trend.ts';
import { cacheLines } from './slab-cache.ts';

/** Lines above the table: the totals, and a blank one where there is room. */
const summaryRows = (size: Size) => (size.rows >= 30 ? 4 : 3);

const DEFAULT_SORT = 'size';

/** Columns that the trend of a cache takes, and when they give way. */
const TREND_COLUMNS = 12;
const TREND_RANK = 4;

/** slabtop's sort letters, as its manual page has them. */
const LETTERS: readonly [letter: string, column: string, help: string][] = [
  ['a', 'active', 'active objects'],
  ['b', 'objects-per-slab', 'objects per slab'],
  ['c', 'size', 'cache size'],
  ['l', 'slabs', 'slabs'],
  ['v', 'active-slabs', 'active slabs'],
  ['n', 'name', 'name'],
  ['o', 'objects', 'objects'],
  ['p', 'pages-per-slab', 'pages per slab'],
  ['s', 'object-size', 'object size'],
  ['u', 'use', 'use'],
];

const KEYS: readonly Binding[] = [
  { keys: ['enter'], action: 'open', group: 'Here', help: 'all about this cache, and back', footer: 'open' },
  ...LETTERS.map(
    ([letter, column, help]): Binding => ({
      keys: [letter],
      action: `sort:${column}` satisfies Action,
      group: 'Here',
      help: `sort by ${help}`,
    }),
  ),
  { keys: ['d'], action: 'sort:growth', group: 'Here', help: 'sort by growth over five minutes' },
];

const keptRows = rowsMemo<CacheModel, CacheModel>();

/** Every slab cache: slabtop's table, and how fast each grows. */
export const slabsPane: Pane = {
  id: 'slabs',
  digit: '2',
  title: 'Slabs',
  keys: KEYS,
  sorts: SLABTOP_COLUMNS.map((column) => column.id),
  defaultSort: DEFAULT_SORT,
  rowCount: (shown) => {
    const rows = rowsOf(shown);
    return isMissing(rows) ? 0 : rows.length;
  },
  visibleRows: (_, size) => Math.max(0, size.rows - summaryRows(size) - 1),
  graphs: (shown) => {
    const rows = rowsOf(shown);
    const cache = isMissing(rows) ? undefined : (openedCache(shown) ?? rows[shown.state.tables.slabs.cursor ?? 0]);
    const series = cache === undefined ? undefined : shown.history.ofCache(cache.name);
    if (cache === undefined || series === undefined) return [];
    const line = { series, title: 'size', ink: 'magenta' } as const;
    return [{ title: `slab cache ${cache.name}`, unit: 'MiB', divideBy: 1024 ** 2, print: bytes, lines: [line] }];
  },
  draw: (shown, size) => {
    const opened = openedCache(shown);
    if (opened !== undefined) return cacheLines(shown, opened, size);
    const { top, cursor, sort } = shown.state.tables.slabs;
    const columns = withTrend(shown, SLABTOP_COLUMNS, TREND_COLUMNS, TREND_RANK);
    const place = {
      columns: size.columns,
      rows: size.rows - summaryRows(size),
      top,
      cursor,
      limits: shown.diagnosis.thresholds,
      sort: sort ?? DEFAULT_SORT,
      age: ageBehind(shown.model, momentOf(shown.model, 'caches')),
      none: 'no cache has this in its name',
    };
    return [...summary(shown, size), ...tableLines(rowsOf(shown), columns, place)];
  },
  act: (shown, action) => {
    const { cursor } = shown.state.tables.slabs;
    const opened = openedCache(shown) !== undefined;
    const closes = action === 'open' || action === 'escape' || action === 'left';
    if (opened && closes) return step(withTable(shown.state, { opened: false }));
    if (action === 'open') return opening(shown, cursor ?? 0);
    if (!opened || (action !== 'up' && action !== 'down')) return undefined;
    return opening(shown, (cursor ?? 0) + (action === 'up' ? -1 : 1));
  },
};

/** Opens the cache in that row; where there is none the one that is open stays. */
function opening(shown: Shown, cursor: number): Step {
  const rows = rowsOf(shown);
  const cache = isMissing(rows) ? undefined : rows[cursor];
  if (cache === undefined) return step(shown.state);
  return step(withTable(shown.state, { opened: true, cursor, openedKey: cache.name }));
}

/** The cache that is shown alone: by its name, since the largest changes places. */
function openedCache({ model, state }: Shown): CacheModel | undefined {
  const { opened, openedKey } = state.tables.slabs;
  if (!opened) return undefined;
  return knownOr(model.slab.caches, []).find(({ name }) => name === openedKey);
}

function rowsOf({ model, state }: Shown): Maybe<readonly CacheModel[]> {
  const { filter, sort, inverted } = state.tables.slabs;
  return mapKnown(model.slab.caches, (caches) =>
    keptRows(caches, [filter, sort, inverted], () => {
      const found = caches.filter((cache) => matches(filter, cache.name));
      return sortRows(found, SLABTOP_COLUMNS, sort ?? DEFAULT_SORT, inverted);
    }),
  );
}

/** The totals that slabtop has on top, and what the kernel itself says of slab memory. */
function summary({ model }: Shown, size: Size): StyledLine[] {
  const { slab } = model;
  const sums = mapKnown(slab.caches, (caches): Maybe<Sums> => sumsOf(caches));
  const strong = { bold: true } as const;
  const part = (rank: number, label: string, ...values: Run[]): Part => ({
    rank,
    runs: [run(`${label} `, { ink: 'dim' }), ...values],
  });
  const share = (active: number, all: number, print: (value: number) => string) =>
    `${print(active)} / ${print(all)} (${percent(all === 0 ? 0 : (active / all) * 100)})`;
  const perHour = valueRun(slab.growthBytesPerSecond, (value) => `${signed(value * 3600, bytes)}/h over 5 min`, strong);
  const lines: Part[][] = [
    [
      part(0, ' Slab', valueRun(slab.totalBytes, bytes, strong)),
      part(1, 'reclaimable', valueRun(slab.reclaimableBytes, bytes, strong)),
      part(2, 'unreclaimable', valueRun(slab.unreclaimableBytes, bytes, strong)),
      part(0, 'growth', perHour),
    ],
    [
      part(
        0,
        ' Active / Total Objects',
        valueRun(sums, (all) => share(all.activeObjects, all.objects, count)),
        ...ageRuns(model, 'caches'),
      ),
      part(
        1,
        'Active / Total Size',
        valueRun(sums, (all) => share(all.activeBytes, all.bytes, bytes)),
      ),
    ],
    [
      part(
        0,
        ' Active / Total Slabs',
        valueRun(sums, (all) => share(all.activeSlabs, all.slabs, count)),
      ),
      part(
        1,
        'Active / Total Caches',
        valueRun(sums, (all) => `${count(all.activeCaches)} / ${count(all.caches)}`),
      ),
      part(
        2,
        'Object min / avg / max',
        valueRun(sums, (all) => all.objectSizes.map(bytes).join(' / ')),
      ),
    ],
    [],
  ];
  return lines.slice(0, summaryRows(size)).map((parts) => spread(parts, [], size.columns, 3));
}

interface Sums {
  readonly activeObjects: number;
  readonly objects: number;
  readonly activeBytes: number;
  readonly bytes: number;
  readonly activeSlabs: number;
  readonly slabs: number;
  readonly activeCaches: number;
  readonly caches: number;
  /** The smallest, the average and the largest size of an object. */
  readonly objectSizes: readonly [number, number, number];
}

function sumsOf(caches: readonly CacheModel[]): Sums {
  const sum = (value: (cache: CacheModel) => number) => caches.reduce((all, cache) => all + value(cache), 0);
  const objects = sum((cache) => cache.objects);
  const bytesOfAll = sum((cache) => cache.objects * cache.objectBytes);
  const sizes = caches.map((cache) => cache.objectBytes);
  return {
    activeObjects: sum((cache) => cache.activeObjects),
    objects,
    activeBytes: sum((cache) => cache.activeObjects * cache.objectBytes),
    bytes: bytesOfAll,
    activeSlabs: sum((cache) => cache.activeSlabs),
    slabs: sum((cache) => cache.slabs),
    activeCaches: sum((cache) => (cache.activeObjects > 0 ? 1 : 0)),
    caches: caches.length,
    objectSizes: [Math.min(...sizes), objects === 0 ? 0 : bytesOfAll / objects, Math.max(...sizes)],
  };
}
