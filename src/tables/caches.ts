import { printable } from '../core/printable.ts';
import { growthPerMinuteRun } from '../format/growth.ts';
import { bytes, count, wholePercent } from '../format/quantity.ts';
import { SEVERITY_STYLE } from '../format/severity.ts';
import { run } from '../format/styled.ts';
import type { CacheModel } from '../model/model.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { reportColumns, screenColumns, type TableColumn } from './column.ts';

type CacheColumn = TableColumn<CacheModel>;

const isLarge = ({ sizeBytes }: CacheModel, { cacheBytes }: Thresholds) => sizeBytes >= cacheBytes;

const name: CacheColumn = {
  field: 'slab.caches[].name',
  value: (cache) => cache.name,
  screen: {
    title: 'CACHE',
    width: 16,
    grows: true,
    rank: 0,
    cell: (cache, limits) => run(printable(cache.name), isLarge(cache, limits) ? { bold: true } : {}),
  },
  report: 1,
};

const objects: CacheColumn = {
  field: 'slab.caches[].objects',
  value: (cache) => cache.objects,
  screen: { width: 10, rank: 2 },
  report: 2,
};

const size: CacheColumn = {
  field: 'slab.caches[].sizeBytes',
  value: (cache) => cache.sizeBytes,
  screen: {
    id: 'size',
    width: 9,
    rank: 0,
    cell: (cache, limits) =>
      run(bytes(cache.sizeBytes), isLarge(cache, limits) ? { ...SEVERITY_STYLE.warning, bold: true } : {}),
  },
  report: 6,
};

const growth: CacheColumn = {
  field: 'slab.caches[].growthBytesPerSecond',
  value: (cache) => cache.growthBytesPerSecond,
  screen: {
    id: 'growth',
    title: 'Δ/min',
    width: 10,
    rank: 1,
    cell: (cache) => growthPerMinuteRun(cache.growthBytesPerSecond),
  },
  report: 7,
};

const use: CacheColumn = {
  field: 'slab.caches[].usePct',
  value: (cache) => cache.usePct,
  screen: { id: 'use', width: 5, rank: 3, cell: (cache) => run(wholePercent(cache.usePct)) },
  report: 3,
};

const objectSize: CacheColumn = {
  field: 'slab.caches[].objectBytes',
  value: (cache) => cache.objectBytes,
  screen: { id: 'object-size', title: 'OBJ SIZE', width: 9, rank: 6 },
  report: 4,
};

const slabs: CacheColumn = {
  field: 'slab.caches[].slabs',
  value: (cache) => cache.slabs,
  screen: { width: 9, rank: 7 },
  report: 5,
};

/** The same column with another head, width or rank. */
function wider(column: CacheColumn, screen: Partial<NonNullable<CacheColumn['screen']>>): CacheColumn {
  return column.screen === undefined ? column : { ...column, screen: { ...column.screen, ...screen } };
}

/** The largest caches, as the Overview shows them. */
export const CACHE_COLUMNS = screenColumns([name, objects, size, growth, use]);

/** The largest caches in reports. */
export const CACHE_REPORT = reportColumns([name, objects, size, growth, use, objectSize, slabs]);

/** slabtop's table with its heads, and what it has not: growth. */
export const SLABTOP_COLUMNS = screenColumns([
  wider(objects, { title: 'OBJS', rank: 1 }),
  {
    field: 'slab.caches[].activeObjects',
    value: (cache) => cache.activeObjects,
    screen: { id: 'active', width: 11, rank: 5, cell: (cache) => run(count(cache.activeObjects)) },
  },
  wider(use, { rank: 2 }),
  objectSize,
  slabs,
  {
    field: 'slab.caches[].activeSlabs',
    value: (cache) => cache.activeSlabs,
    screen: { id: 'active-slabs', title: 'ACT SLABS', width: 9, rank: 9 },
  },
  {
    field: 'slab.caches[].objectsPerSlab',
    value: (cache) => cache.objectsPerSlab,
    screen: { id: 'objects-per-slab', width: 8, rank: 8 },
  },
  {
    field: 'slab.caches[].pagesPerSlab',
    value: (cache) => cache.pagesPerSlab,
    screen: { id: 'pages-per-slab', title: 'PG/SLAB', width: 7, rank: 10 },
  },
  wider(size, { title: 'CACHE SIZE', width: 10 }),
  growth,
  wider(name, { title: 'NAME' }),
]);
