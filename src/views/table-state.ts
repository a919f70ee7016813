import { type State, shownTable, type TableState } from './state.ts';
import type { Key } from './terminal/key.ts';

/** Changes the table of the pane that is shown. */
export function withTable(state: State, change: Partial<TableState>): State {
  return { ...state, tables: { ...state.tables, [state.pane]: { ...shownTable(state), ...change } } };
}

/**
 * Moves the cursor by so many rows, and the rows shown after it. A pane without a cursor gets one on its first row
 * when somebody moves; 0 only keeps both where there are rows.
 */
export function moved(state: State, by: number, rowCount: number, visibleRows: number): State {
  const table = shownTable(state);
  if (table.cursor === undefined && by === 0) return state;
  const last = Math.max(0, rowCount - 1);
  const cursor = table.cursor === undefined ? 0 : Math.min(last, Math.max(0, table.cursor + by));
  const lowest = Math.max(0, cursor - Math.max(1, visibleRows) + 1);
  const highest = Math.max(0, rowCount - visibleRows);
  const top = Math.min(cursor, highest, Math.max(lowest, table.top));
  return cursor === table.cursor && top === table.top ? state : withTable(state, { cursor, top });
}

/** Sorts by a column, from its top. */
export function sortedBy(state: State, column: string): State {
  return withTable(state, { sort: column, inverted: false, top: 0, cursor: 0 });
}

/** A key while the filter is typed; undefined for keys that mean what they always do. */
export function typedFilter(state: State, key: Key): State | undefined {
  const { filter } = shownTable(state);
  switch (key.name) {
    case 'enter':
      return { ...state, typingFilter: false };
    case 'escape':
      return { ...withTable(state, { filter: '' }), typingFilter: false };
    case 'backspace':
      return withTable(state, { filter: filter.slice(0, -1) });
    default:
      if (key.ctrl && key.name === 'u') return withTable(state, { filter: '' });
      return key.char === undefined || key.ctrl ? undefined : withTable(state, { filter: filter + key.char });
  }
}
