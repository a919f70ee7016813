import { knownOr } from '../../core/missing.ts';
import { ageBehind } from '../../format/age.ts';
import { fitText } from '../../format/fit.ts';
import { mergedEvents } from '../../format/merged-events.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import type { Model, ReadModel } from '../../model/model.ts';
import { momentOf } from '../../model/moments.ts';
import { CACHE_COLUMNS } from '../../tables/caches.ts';
import { readColumns } from '../../tables/reads.ts';
import { beside, drawBox, insideColumns } from '../box.ts';
import { eventLines } from '../event-lines.ts';
import { matches } from '../filter.ts';
import { drawGraph, graphScale } from '../graph.ts';
import { dropMarks, graphSpan } from '../graph-span.ts';
import { noticed } from '../notice.ts';
import type { Pane, Shown } from '../pane.ts';
import type { Size } from '../state.ts';
import { step } from '../step.ts';
import { tableLines } from '../table-lines.ts';
import { withTrend } from '../trend.ts';
import { goToCgroup } from './cgroup-rows.ts';
import type { OverviewBox } from './overview-box.ts';
import { overviewBoxes } from './overview-boxes.ts';
import { overviewGraphs } from './overview-graphs.ts';
import { type OverviewLayout, overviewLayout } from './overview-layout.ts';

/** Columns that the trend of a cache takes, and when they give way. */
const TREND_COLUMNS = 7;
const TREND_RANK = 4;

/** Everything that tells in ten seconds whether this node has the sickness. */
export const overviewPane: Pane = {
  id: 'overview',
  digit: '1',
  title: 'Overview',
  keys: [{ keys: ['enter'], action: 'open', group: 'Here', help: 'the cgroup of this read, in Cgroups' }],
  sorts: [],
  defaultSort: undefined,
  rowCount: (shown) => readsOf(shown).length,
  visibleRows: (shown, size) => Math.max(0, readRows(shown, overviewLayout(size)) - 1),
  graphs: overviewGraphs,
  draw: (shown, size) => {
    const layout = overviewLayout(size);
    const lines = layout.boxRows === 0 ? headlines(shown, layout) : boxes(shown, size, layout);
    const blank: readonly StyledLine[] = layout.airy ? [[]] : [];
    lines.push(...blank, ...tables(shown, size, layout), ...blank, ...events(shown, size, layout));
    return lines;
  },
  act: (shown, action) => {
    if (action !== 'open') return undefined;
    const read = underCursor(shown) ?? readsOf(shown)[0];
    if (read === undefined) return step(noticed(shown.state, 'no read has been timed yet', 'info'));
    return step(goToCgroup(shown, read.path));
  },
  timed: (shown) => {
    const read = underCursor(shown);
    return read === undefined ? undefined : { path: read.path, file: read.file };
  },
};

function underCursor(shown: Shown): ReadModel | undefined {
  const { cursor } = shown.state.tables.overview;
  return cursor === undefined ? undefined : readsOf(shown)[cursor];
}

function readsOf({ model, state }: Shown): readonly ReadModel[] {
  const { filter } = state.tables.overview;
  if (filter === '') return model.reads;
  return model.reads.filter((read) => matches(filter, read.path, read.file, String(knownOr(read.pod, ''))));
}

function boxes(shown: Shown, size: Size, layout: OverviewLayout): StyledLine[] {
  const [cpu, slab, memcg, read] = overviewBoxes(shown);
  const leftColumns = Math.floor(size.columns / 2);
  const one = (box: OverviewBox, at: number, columns: number) => {
    const inside = insideColumns(columns);
    const place = {
      columns: inside,
      rows: Math.max(1, layout.boxRows - 3 - (layout.axis ? 1 : 0)),
      axis: layout.axis,
      style: shown.state.theme.graph,
      span: graphSpan(shown),
      marks: dropMarks(shown),
    };
    const { title, headline, short } = box;
    const foot = layout.axis ? {} : { foot: graphScale(box.graph, place) };
    const frame = { title, headline, short, ...foot, columns, rows: layout.boxRows, chosen: shown.state.graph === at };
    return drawBox(frame, [box.info(inside), ...drawGraph(box.graph, place)]);
  };
  const right = size.columns - leftColumns;
  return [
    ...beside(one(cpu, 0, leftColumns), leftColumns, one(slab, 1, right)),
    ...beside(one(memcg, 2, leftColumns), leftColumns, one(read, 3, right)),
  ];
}

/** The boxes' numbers in a line each, where there is no room for boxes. */
function headlines(shown: Shown, { headlineRows }: OverviewLayout): StyledLine[] {
  const [cpu, slab, memcg, read] = overviewBoxes(shown);
  return [read, memcg, cpu, slab]
    .slice(0, headlineRows)
    .map(({ title, short }) => [run(` ${fitText(title, 18, 'left')}`, { ink: 'dim' }), short]);
}

/** Quicker reads are as they should be. */
const QUICK_SECONDS = 0.005;

/** The table of caches below that of reads has a head and these rows at least. */
const LEAST_CACHE_ROWS = 3;

/** Where both tables do not fit beside each other, quick reads leave their rows to the caches. Head included. */
function readRows(shown: Shown, { tableRows, cacheColumns }: OverviewLayout): number {
  if (cacheColumns > 0 || shown.state.tables.overview.cursor !== undefined) return tableRows;
  const slow = readsOf(shown).filter(({ wallSeconds }) => knownOr(wallSeconds, 0) >= QUICK_SECONDS).length;
  const rows = 1 + Math.max(1, slow);
  return rows + 1 + LEAST_CACHE_ROWS > tableRows
    ? Math.max(tableRows - 1 - LEAST_CACHE_ROWS, Math.min(rows, 3, tableRows))
    : rows;
}

function tables(shown: Shown, size: Size, layout: OverviewLayout): StyledLine[] {
  const { cacheColumns } = layout;
  const rows = readRows(shown, layout);
  const readWidth = cacheColumns === 0 ? size.columns : size.columns - cacheColumns - 1;
  const { top, cursor } = shown.state.tables.overview;
  const noRead =
    shown.state.tables.overview.filter === '' ? noReads(shown.model.probes) : 'no read has this in its name';
  const { thresholds: limits } = shown.diagnosis;
  const readsInSight = readsOf(shown).slice(top, top + Math.max(0, rows - 1));
  const reads = tableLines(readsOf(shown), readColumns(readsInSight, shown.model.instant.at), {
    columns: readWidth,
    rows,
    top,
    cursor,
    limits,
    none: noRead,
  });
  const below = cacheColumns === 0;
  if (below && rows >= layout.tableRows) return reads;
  const columns = withTrend(shown, CACHE_COLUMNS, TREND_COLUMNS, TREND_RANK);
  const age = ageBehind(shown.model, momentOf(shown.model, 'caches'));
  const none = 'there is no cache';
  const still = { age, top: 0, cursor: undefined, limits, none };
  if (below) {
    const place = { ...still, columns: size.columns, rows: layout.tableRows - rows };
    return [...reads, ...tableLines(shown.model.slab.caches, columns, place)];
  }
  const place = { ...still, columns: cacheColumns, rows };
  return beside(reads, readWidth + 1, tableLines(shown.model.slab.caches, columns, place));
}

function noReads({ lock }: Model['probes']): string {
  if (typeof lock === 'string') return 'no read has been timed yet';
  return `process ${lock.heldByPid} probes here: none of its reads is recent`;
}

function events({ model }: Shown, size: Size, { eventRows }: OverviewLayout): StyledLine[] {
  if (eventRows === 0) return [];
  const newest = mergedEvents(model.events).slice(-(eventRows - 1));
  const lines = eventRows === 1 ? [] : eventLines(model, newest, size.columns);
  const none: StyledLine[] = lines.length === 0 ? [[run(' no event yet', { ink: 'dim' })]] : [];
  return [[run(' EVENTS ', { inverse: true })], ...lines, ...none];
}
