import { loadavg } from 'node:os';
import { type FleetRow, type FleetSize, measureFleet } from './measure-fleet.ts';
import { measureNodes, measureScrapes, type NodeRow, type ScrapeRow } from './measure-serve.ts';

/** All that one run found of the fleet, in the form of its JSON file. */
export interface FleetResults {
  readonly schema: 'slabtop-k8s-bench-fleet/1';
  readonly at: string;
  readonly machine: { readonly kernel: string; readonly cpus: number; readonly node: string };
  /** Load of the last minute when it began and when it ended: of a busy machine wall times say little. */
  readonly load: readonly [before: number, after: number];
  readonly fleets: readonly FleetRow[];
  readonly scrapes: readonly ScrapeRow[];
  readonly nodes: readonly NodeRow[];
}

/** cgroups of the node whose metrics are scraped beside those of the incident. */
const LIVE = 5000;

/** Measures the fleet's screen over each of these fleets, the metrics, and what a node pays; `onPart` is told what begins. */
export async function measureFleets(
  { sizes, seconds }: { readonly sizes: readonly FleetSize[]; readonly seconds: number },
  onPart: (part: string) => void,
): Promise<Pick<FleetResults, 'load' | 'fleets' | 'scrapes' | 'nodes'>> {
  const [before = 0] = loadavg();
  onPart('scrapes');
  const scrapes = await measureScrapes(LIVE);
  onPart('serve beside the live screen');
  const nodes = await measureNodes(seconds);
  const fleets: FleetRow[] = [];
  for (const size of sizes) {
    onPart(`${size.nodes} nodes, ${size.hours} h`);
    fleets.push(await measureFleet(size));
  }
  const [after = 0] = loadavg();
  return { load: [before, after], fleets, scrapes, nodes };
}
