import type { StyledLine } from '../../format/styled.ts';
import type { Binding } from '../keymap.ts';
import type { Size } from '../state.ts';
import type { FleetAction } from './keymap.ts';
import type { FleetPaneId, FleetState } from './state.ts';

/** One pane of the fleet's screen; pure, as those of a node's. */
export interface FleetPane {
  readonly id: FleetPaneId;
  readonly digit: string;
  readonly title: string;
  readonly keys: readonly Binding<FleetAction>[];
  /** Columns that its table can be sorted by. */
  readonly sorts: readonly string[];
  /** Rows of its table, filtered and sorted. */
  rowCount(state: FleetState): number;
  visibleRows(state: FleetState, size: Size): number;
  draw(state: FleetState, size: Size): readonly StyledLine[];
}
