import type { EpochMs } from '../../core/clock.ts';
import type { Maybe } from '../../core/missing.ts';
import type { Severity } from '../../core/severity.ts';
import type { Culprit, FleetEvent, FleetGraphs, FleetModel, NodeDetail, NodeFacts } from '../../fleet/model.ts';
import type { Notice, Size } from '../state.ts';
import type { Key } from '../terminal/key.ts';

/** Everything that can happen to the fleet's screen. */
export type FleetMessage =
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'clock'; readonly now: EpochMs }
  | { readonly kind: 'refreshing' }
  | { readonly kind: 'fleet'; readonly model: Maybe<FleetModel> }
  /** Facts of some nodes, by their key. */
  | { readonly kind: 'facts'; readonly facts: ReadonlyMap<string, NodeFacts> }
  | { readonly kind: 'graphs'; readonly graphs: FleetGraphs }
  | { readonly kind: 'culprits'; readonly culprits: Maybe<readonly Culprit[]> }
  | { readonly kind: 'events'; readonly events: Maybe<readonly FleetEvent[]> }
  | { readonly kind: 'detail'; readonly detail: Maybe<NodeDetail> }
  | { readonly kind: 'notice'; readonly text: string; readonly severity: Severity }
  | { readonly kind: 'notice-over'; readonly notice: Notice }
  | { readonly kind: 'paste'; readonly text: string }
  /** What pins the dying of the nodes that are to be relieved is known now. */
  | { readonly kind: 'waves' }
  | { readonly kind: 'exported'; readonly paths: readonly string[] };

/** What the fleet's screen wants done; `app` does it. */
export type FleetEffect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'set-interval'; readonly seconds: number }
  /** Ask for the list again: the person asked, or the filter is another. */
  | { readonly kind: 'refresh' }
  /** Ask for what a pane shows that is not in the list. */
  | { readonly kind: 'ask'; readonly what: 'facts' | 'culprits' | 'events' | 'detail' | 'waves' }
  | { readonly kind: 'export' }
  /** Give the terminal to the live screen of that node, and take it back. */
  | { readonly kind: 'go-live'; readonly name: string };
