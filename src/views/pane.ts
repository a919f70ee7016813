import type { Diagnosis } from '../diagnosis/diagnose.ts';
import type { StyledLine } from '../format/styled.ts';
import type { History } from '../model/history.ts';
import type { Model, ReadModel } from '../model/model.ts';
import type { Action, Binding } from './keymap.ts';
import type { PaneId, Size, State } from './state.ts';
import type { Step } from './step.ts';
import type { ZoomGraph } from './zoom.ts';

/** What a pane is drawn from, besides the state. */
export interface Shown {
  readonly state: State;
  readonly model: Model;
  readonly history: History;
  /** What the model means; its thresholds are what values are coloured by. */
  readonly diagnosis: Diagnosis;
}

/** One pane: what it shows and what its own keys do. Panes are pure; adding one is a file and a line in `panes.ts`. */
export interface Pane {
  readonly id: PaneId;
  /** The key that opens it. */
  readonly digit: string;
  readonly title: string;
  readonly keys: readonly Binding[];
  /** Columns that its table can be sorted by, in the order shown; the first one is not the default but the leftmost. */
  readonly sorts: readonly string[];
  /** The column that it is sorted by when nobody chose another; undefined where it has an order of its own. */
  readonly defaultSort: string | undefined;
  /** How many rows its table has, filtered. */
  rowCount(shown: Shown): number;
  /** How many of them are on the screen in that size. */
  visibleRows(shown: Shown, size: Size): number;
  /** Exactly `size.rows` lines or fewer, none wider than `size.columns`. */
  draw(shown: Shown, size: Size): readonly StyledLine[];
  /** Graphs that `z` can show alone; the chosen one is `state.graph`. */
  graphs(shown: Shown): readonly ZoomGraph[];
  /** What its own keys do; undefined leaves the action to the common ones. */
  act?(shown: Shown, action: Action): Step | undefined;
  /** The file that `t` times; undefined is the root's. */
  timed?(shown: Shown): { readonly path: string; readonly file: ReadModel['file'] } | undefined;
}
