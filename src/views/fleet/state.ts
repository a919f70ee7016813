import type { EpochMs } from '../../core/clock.ts';
import type { Maybe, Missing } from '../../core/missing.ts';
import type { Culprit, FleetEvent, FleetGraphs, FleetModel, NodeDetail } from '../../fleet/model.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import { FRESH_TABLE, type Notice, type Size, type TableState, type Theme } from '../state.ts';

/** The panes of the fleet's screen. */
export type FleetPaneId = 'nodes' | 'kernels' | 'culprits' | 'events' | 'node';

/** What lies over the panes. */
export type FleetDialog =
  | { readonly kind: 'help'; readonly top: number }
  /** Commands to be copied; nothing runs them. */
  | { readonly kind: 'commands'; readonly title: string; readonly lines: readonly string[]; readonly top: number }
  /** `l`: the live screen of a node takes the terminal. */
  | { readonly kind: 'go-live'; readonly name: string };

/** The stretches that a node's graphs show. */
export const NODE_SPANS = [
  { seconds: 3600, label: '1 h' },
  { seconds: 6 * 3600, label: '6 h' },
  { seconds: 86_400, label: '24 h' },
  { seconds: 7 * 86_400, label: '7 d' },
] as const;

/** Everything that the fleet's screen is made from. */
export interface FleetState {
  readonly size: Size;
  readonly theme: Theme;
  readonly pane: FleetPaneId;
  readonly tables: Readonly<Record<FleetPaneId, TableState>>;
  readonly typingFilter: boolean;
  readonly dialog: FleetDialog | undefined;
  readonly notice: Notice | undefined;
  readonly intervalSeconds: number;
  /** Host and path of the engine, and the selector, as they may be shown. */
  readonly source: string;
  /** An invented fleet: said in the header at every size. */
  readonly demo: boolean;
  readonly now: EpochMs;
  /** The latest list that came; undefined until the first. */
  readonly model: FleetModel | undefined;
  /** Why the latest refresh brought none. */
  readonly failure: Missing | undefined;
  readonly refreshing: boolean;
  readonly graphs: FleetGraphs | undefined;
  readonly culprits: Maybe<readonly Culprit[]>;
  readonly events: Maybe<readonly FleetEvent[]>;
  /** The node that pane 5 shows, by its key. */
  readonly openKey: string | undefined;
  readonly detail: Maybe<NodeDetail>;
  /** Which of {@link NODE_SPANS} it shows. */
  readonly span: number;
  readonly marked: ReadonlySet<string>;
  /** The node under the cursor, by its key: it stays there while the order changes. */
  readonly cursorKey: string | undefined;
  /** How many nodes a wave relieves at once. */
  readonly waveSize: number;
  /** What values are coloured by. */
  readonly limits: Thresholds;
  /** Files written on request; printed again after quitting. */
  readonly exported: readonly string[];
}

/** What the screen begins with. */
export interface InitialFleet {
  readonly size: Size;
  readonly theme: Theme;
  readonly intervalSeconds: number;
  readonly source: string;
  readonly demo: boolean;
  readonly now: EpochMs;
  readonly waveSize: number;
  readonly limits: Thresholds;
}

/** Now, by the clock that the points of graphs have. */
export function engineNowSeconds({ now, model }: FleetState): number {
  return (now + (model?.engineAheadMs ?? 0)) / 1000;
}

const NOT_ASKED = { unavailable: 'warming-up', detail: 'it is being asked for' } as const;

/** The state before anything is known. */
export function initialFleetState(initial: InitialFleet): FleetState {
  return {
    ...initial,
    pane: 'nodes',
    tables: {
      nodes: FRESH_TABLE,
      kernels: FRESH_TABLE,
      culprits: FRESH_TABLE,
      events: FRESH_TABLE,
      node: FRESH_TABLE,
    },
    typingFilter: false,
    dialog: undefined,
    notice: undefined,
    model: undefined,
    failure: undefined,
    refreshing: true,
    graphs: undefined,
    culprits: NOT_ASKED,
    events: NOT_ASKED,
    openKey: undefined,
    detail: NOT_ASKED,
    span: 1,
    marked: new Set(),
    cursorKey: undefined,
    exported: [],
  };
}
