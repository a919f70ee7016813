import { systemClock } from '../../../host/live-host.ts';
import type { UsableTerminal } from '../../screen/terminal-loop.ts';
import { showSource } from '../fleet.ts';
import type { FleetSettings } from '../settings.ts';
import { DemoSource } from './demo-source.ts';

/** The fleet's screen over invented nodes; the answer is the exit code. */
export async function fleetDemo(
  look: Pick<FleetSettings, 'thresholds' | 'ascii' | 'color' | 'theme' | 'exportFolder' | 'log'>,
  terminal: UsableTerminal,
): Promise<number> {
  const settings: FleetSettings = {
    ...look,
    from: { url: '' },
    headers: {},
    selector: [],
    nodeLabel: 'node',
    intervalSeconds: 60,
    sinceSeconds: 24 * 3600,
    waveSize: 5,
    insecure: false,
  };
  const source = new DemoSource(look.thresholds, systemClock.now());
  const left = await showSource(settings, terminal, source, '200 nodes over a day', true);
  return typeof left === 'number' ? left : 0;
}
