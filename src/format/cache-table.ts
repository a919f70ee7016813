import { printable } from '../core/printable.ts';
import type { CacheModel } from '../model/model.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { alphabetically, largestFirst } from './compare.ts';
import { growthPerMinuteRun } from './growth.ts';
import { bytes, count, wholePercent } from './quantity.ts';
import { SEVERITY_STYLE } from './severity.ts';
import { run } from './styled.ts';
import type { Column } from './table.ts';

type CacheColumn = Column<CacheModel>;

const isLarge = ({ sizeBytes }: CacheModel, { cacheBytes }: Thresholds) => sizeBytes >= cacheBytes;

const name: CacheColumn = {
  id: 'name',
  title: 'CACHE',
  width: 16,
  grows: true,
  align: 'left',
  rank: 0,
  cell: (cache, limits) => run(printable(cache.name), isLarge(cache, limits) ? { bold: true } : {}),
  compare: alphabetically((cache) => cache.name),
};

const objects: CacheColumn = {
  id: 'objects',
  title: 'OBJECTS',
  width: 10,
  align: 'right',
  rank: 2,
  cell: (cache) => run(count(cache.objects)),
  compare: largestFirst((cache) => cache.objects),
};

const size: CacheColumn = {
  id: 'size',
  title: 'SIZE',
  width: 9,
  align: 'right',
  rank: 0,
  cell: (cache, limits) =>
    run(bytes(cache.sizeBytes), isLarge(cache, limits) ? { ...SEVERITY_STYLE.warning, bold: true } : {}),
  compare: largestFirst((cache) => cache.sizeBytes),
};

const growth: CacheColumn = {
  id: 'growth',
  title: 'Δ/min',
  width: 10,
  align: 'right',
  rank: 1,
  cell: (cache) => growthPerMinuteRun(cache.growthBytesPerSecond),
  compare: largestFirst((cache) => cache.growthBytesPerSecond),
};

const use: CacheColumn = {
  id: 'use',
  title: 'USE',
  width: 5,
  align: 'right',
  rank: 3,
  cell: (cache) => run(wholePercent(cache.usePct)),
  compare: largestFirst((cache) => cache.usePct),
};

const number = (
  id: string,
  title: string,
  width: number,
  rank: number,
  value: (cache: CacheModel) => number,
  print: (value: number) => string = count,
): CacheColumn => ({
  id,
  title,
  width,
  align: 'right',
  rank,
  cell: (cache) => run(print(value(cache))),
  compare: largestFirst(value),
});

/** The largest caches, as the Overview and the reports show them. */
export const CACHE_COLUMNS: readonly CacheColumn[] = [name, objects, size, growth, use];

/** slabtop's table with its heads, and what it has not: growth. */
export const SLABTOP_COLUMNS: readonly CacheColumn[] = [
  { ...objects, title: 'OBJS', rank: 1 },
  number('active', 'ACTIVE', 11, 5, (cache) => cache.activeObjects),
  { ...use, rank: 2 },
  number('object-size', 'OBJ SIZE', 9, 6, (cache) => cache.objectBytes, bytes),
  number('slabs', 'SLABS', 9, 7, (cache) => cache.slabs),
  number('active-slabs', 'ACT SLABS', 9, 9, (cache) => cache.activeSlabs),
  number('objects-per-slab', 'OBJ/SLAB', 8, 8, (cache) => cache.objectsPerSlab),
  number('pages-per-slab', 'PG/SLAB', 7, 10, (cache) => cache.pagesPerSlab),
  { ...size, title: 'CACHE SIZE', width: 10 },
  growth,
  { ...name, title: 'NAME' },
];
