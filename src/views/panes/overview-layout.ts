import type { Size } from '../state.ts';

/** How the Overview shares its lines out. */
export interface OverviewLayout {
  /** Of one box, frame included; 0 where there is room for headlines only. */
  readonly boxRows: number;
  /** Instead of the boxes. */
  readonly headlineRows: number;
  /** Whether a box has a time axis. */
  readonly axis: boolean;
  /** Head included. */
  readonly tableRows: number;
  /** Width of the table of slab caches beside that of reads; 0 where both do not fit. */
  readonly cacheColumns: number;
  /** Head included. */
  readonly eventRows: number;
  /** Blank lines between the parts. */
  readonly airy: boolean;
}

/** A frame, a line of numbers, two of graph. */
const SMALLEST_BOX = 5;

const NARROWEST_BOXES = 60;
const NARROWEST_TWO_TABLES = 120;

/** The numbers come first, then the table of reads, then graphs, then events. */
export function overviewLayout({ columns, rows }: Size): OverviewLayout {
  const cacheColumns = columns >= NARROWEST_TWO_TABLES ? Math.floor(columns * 0.45) : 0;
  if (columns < NARROWEST_BOXES || rows < 2 * SMALLEST_BOX + 4) {
    const eventRows = rows >= 14 ? Math.floor(rows / 4) : 0;
    const tableRows = Math.max(0, rows - 4 - eventRows);
    return {
      boxRows: 0,
      headlineRows: Math.min(4, rows),
      axis: false,
      tableRows,
      cacheColumns,
      eventRows,
      airy: false,
    };
  }
  const airy = rows >= 32;
  const boxRows = Math.max(SMALLEST_BOX, Math.floor(rows * 0.245));
  const left = rows - 2 * boxRows - (airy ? 2 : 0);
  const eventRows = left < 8 ? 0 : Math.max(3, Math.floor(left * 0.42));
  return { boxRows, headlineRows: 0, axis: boxRows >= 7, tableRows: left - eventRows, cacheColumns, eventRows, airy };
}
