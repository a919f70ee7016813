import type { FleetPane } from './pane.ts';
import { nodePane } from './panes/node.ts';
import { nodesPane } from './panes/nodes.ts';
import { culpritsPane, eventsPane, kernelsPane } from './panes/tables.ts';
import type { FleetPaneId } from './state.ts';

/** Every pane of the fleet's screen, in the order of their keys. */
export const FLEET_PANES: readonly FleetPane[] = [nodesPane, kernelsPane, culpritsPane, eventsPane, nodePane];

/** The pane of that id. */
export function fleetPane(id: FleetPaneId): FleetPane {
  return FLEET_PANES.find((pane) => pane.id === id) ?? nodesPane;
}
