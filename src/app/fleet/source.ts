import type { Maybe } from '../../core/missing.ts';
import type {
  Culprit,
  FleetEvent,
  FleetGraphs,
  FleetModel,
  FleetNode,
  NodeDetail,
  NodeFacts,
} from '../../fleet/model.ts';

/** Where the fleet's numbers come from: an engine, or the invented fleet of the demo. */
export interface FleetSource {
  /** The list, the worst first; a filter finds healthy nodes too. Missing where there is no answer, with a sentence. */
  list(filter: string, signal: AbortSignal): Promise<Maybe<FleetModel>>;
  /** Facts of these rows, by the node's key. Many are asked for in pieces. */
  facts(nodes: readonly FleetNode[], signal: AbortSignal): Promise<ReadonlyMap<string, NodeFacts>>;
  /** Asks for the silent nodes where it is time to: the latest list with them, where there is one. */
  askForSilent(signal: AbortSignal): Promise<FleetModel | undefined>;
  graphs(signal: AbortSignal): Promise<FleetGraphs>;
  culprits(signal: AbortSignal): Promise<Maybe<readonly Culprit[]>>;
  events(signal: AbortSignal): Promise<Maybe<readonly FleetEvent[]>>;
  detail(node: FleetNode, spanSeconds: number, signal: AbortSignal): Promise<NodeDetail>;
}
