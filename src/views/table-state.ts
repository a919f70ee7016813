import type { TableState } from './state.ts';
import type { Key } from './terminal/key.ts';

/** A screen of panes, each with a table. */
export interface Tabled<PaneId extends string = string> {
  readonly pane: PaneId;
  readonly tables: Readonly<Record<PaneId, TableState>>;
}

/** The table of the pane that is shown. */
export function shownTable<PaneId extends string>({ tables, pane }: Tabled<PaneId>): TableState {
  return tables[pane];
}

/** Changes the table of the pane that is shown. */
export function withTable<S extends Tabled>(state: S, change: Partial<TableState>): S {
  return { ...state, tables: { ...state.tables, [state.pane]: { ...shownTable(state), ...change } } };
}

/**
 * Moves the cursor by so many rows, and the rows shown after it. A pane without a cursor gets one on its first row
 * when somebody moves; 0 only keeps both where there are rows.
 */
export function moved<S extends Tabled>(state: S, by: number, rowCount: number, visibleRows: number): S {
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
export function sortedBy<S extends Tabled>(state: S, column: string): S {
  return withTable(state, { sort: column, inverted: false, top: 0, cursor: 0 });
}

/** A key while the filter is typed; undefined for keys that mean what they always do. */
export function typedFilter<S extends Tabled & { readonly typingFilter: boolean }>(state: S, key: Key): S | undefined {
  const { filter, cursor } = shownTable(state);
  // The best match is the first one: whoever types wants to see it.
  const filtered = (text: string) =>
    withTable(state, { filter: text, top: 0, cursor: cursor === undefined ? cursor : 0 });
  switch (key.name) {
    case 'enter':
      return { ...state, typingFilter: false };
    case 'escape':
      return { ...filtered(''), typingFilter: false };
    case 'backspace':
      return filtered(filter.slice(0, -1));
    default:
      if (key.ctrl && key.name === 'u') return filtered('');
      return key.char === undefined || key.ctrl ? undefined : filtered(filter + key.char);
  }
}
