import { DemoSource } from '../src/app/fleet/demo/demo-source.ts';
import { isMissing } from '../src/core/missing.ts';
import { DEFAULT_THRESHOLDS } from '../src/model/thresholds.ts';
import type { FleetMessage } from '../src/views/fleet/message.ts';
import { nodeInFocus } from '../src/views/fleet/rows.ts';
import { type FleetState, initialFleetState } from '../src/views/fleet/state.ts';
import { updateFleet } from '../src/views/fleet/update.ts';
import type { Size } from '../src/views/state.ts';

/** One picture of the fleet's screen over the invented nodes. */
export interface FleetShot {
  readonly name: string;
  readonly keys: readonly string[];
  readonly size: Size;
}

const LARGE: Size = { columns: 160, rows: 45 };
const SMALL: Size = { columns: 80, rows: 24 };

/** Every picture of the fleet. */
export const FLEET_SHOTS: readonly FleetShot[] = [
  { name: 'fleet-nodes', keys: [], size: LARGE },
  { name: 'fleet-kernels', keys: ['2'], size: LARGE },
  { name: 'fleet-culprits', keys: ['3'], size: LARGE },
  { name: 'fleet-events', keys: ['4'], size: LARGE },
  { name: 'fleet-node', keys: ['enter'], size: LARGE },
  { name: 'fleet-waves', keys: ['w'], size: LARGE },
  { name: 'fleet-nodes-80x24', keys: [], size: SMALL },
  { name: 'fleet-node-80x24', keys: ['enter'], size: SMALL },
];

/** The moment of the invented day at which they are taken. */
const NOW = Date.UTC(2026, 10, 28, 14, 3, 22);

/** The fleet's screen after some keys. */
export async function fleetScreen({ keys, size }: FleetShot): Promise<FleetState> {
  const source = new DemoSource(DEFAULT_THRESHOLDS, NOW);
  let state = initialFleetState({
    size,
    theme: { unicode: true, colour: true, graph: 'braille' },
    intervalSeconds: 60,
    source: '200 nodes over a day',
    demo: true,
    now: NOW,
    waveSize: 5,
    limits: DEFAULT_THRESHOLDS,
  });
  const take = (message: FleetMessage) => {
    state = updateFleet(state, message).state;
  };
  take({ kind: 'fleet', model: await source.list('') });
  take({ kind: 'facts', facts: await source.facts() });
  take({ kind: 'graphs', graphs: await source.graphs() });
  for (const name of keys) take({ kind: 'key', key: { name, char: name, ctrl: false, shift: false } });
  if (keys.includes('w')) take({ kind: 'waves' });
  take({ kind: 'culprits', culprits: await source.culprits() });
  take({ kind: 'events', events: await source.events() });
  const node = nodeInFocus(state);
  if (node === undefined || isMissing(node)) throw new Error('no node is shown');
  take({ kind: 'detail', detail: await source.detail(node, 6 * 3600) });
  return state;
}
