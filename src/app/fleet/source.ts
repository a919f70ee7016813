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
  /** Facts of the rows that somebody looks at, by the node's key. */
  facts(nodes: readonly FleetNode[], signal: AbortSignal): Promise<ReadonlyMap<string, NodeFacts>>;
  /** Asks for the silent nodes where it is time to; the next list has them. */
  askForSilent(signal: AbortSignal): Promise<void>;
  graphs(signal: AbortSignal): Promise<FleetGraphs>;
  culprits(signal: AbortSignal): Promise<Maybe<readonly Culprit[]>>;
  events(signal: AbortSignal): Promise<Maybe<readonly FleetEvent[]>>;
  detail(node: FleetNode, spanSeconds: number, signal: AbortSignal): Promise<NodeDetail>;
}
