import { head, kibibytes, mebibytes, row } from '../cells.ts';
import type { Target } from '../targets.ts';
import type { FleetResults } from './fleet-results.ts';
import type { FleetRow } from './measure-fleet.ts';

/** What was wanted of the screen over ten thousand nodes, with the recording rules. */
const MOST = {
  firstListMs: 350,
  requests: 9,
  bytes: 500_000,
  cpuMs: 70,
  serverCpuMs: 70,
  memoryBytes: 120 * 2 ** 20,
  scrapeCpuMs: 1,
  servedCpuMsPerSecond: 2.9,
} as const;

/** The results of the fleet as Markdown, for a terminal and for the page of results. */
export function formatFleetResults(results: FleetResults): string {
  const { at, machine, load } = results;
  const [before, after] = load.map((each) => each.toFixed(0));
  const about =
    `${at.slice(0, 10)}, Linux ${machine.kernel}, ${machine.cpus} CPUs, Node ${machine.node}; ` +
    `load ${before} at the beginning, ${after} at the end; 160x45, Debian's Prometheus, 3 % of the nodes sick`;
  const tables = [fleetTable(results), scrapeTable(results), nodeTable(results), targetTable(results)];
  return [[about], ...tables].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function fleetTable({ fleets }: FleetResults): string[] {
  return [
    ...head([
      'fleet (rules installed)',
      'first full list ms',
      'CPU ms',
      'requests',
      'KiB',
      'later, a minute: CPU ms',
      'a refresh: CPU ms',
      'requests',
      'KiB',
      'server CPU ms',
      'RSS MiB',
      'PSS MiB',
    ]),
    ...fleets.map((fleet) =>
      row([
        `${fleet.nodes} nodes, ${fleet.hours} h`,
        fleet.firstListMs.toFixed(0),
        fleet.firstListCpuMs.toFixed(0),
        String(fleet.firstListTraffic.requests),
        kibibytes(fleet.firstListTraffic.bytes),
        fleet.cpuMsPerMinute.toFixed(0),
        fleet.refreshCpuMs.toFixed(0),
        fleet.refreshTraffic.requests.toFixed(1),
        kibibytes(fleet.refreshTraffic.bytes),
        fleet.refreshServerCpuMs.toFixed(0),
        mebibytes(fleet.rssBytes),
        mebibytes(fleet.pssBytes),
      ]),
    ),
  ];
}

function scrapeTable({ scrapes }: FleetResults): string[] {
  return [
    ...head(['/metrics of', 'series', 'KiB', 'KiB packed', 'CPU ms to make it, once a tick', 'CPU ms to answer']),
    ...scrapes.map(({ of, series, textBytes, packedBytes, encodeCpuMs, answerCpuMs }) =>
      row([
        of,
        String(series),
        kibibytes(textBytes),
        kibibytes(packedBytes),
        encodeCpuMs.toFixed(2),
        answerCpuMs.toFixed(2),
      ]),
    ),
  ];
}

function nodeTable({ nodes }: FleetResults): string[] {
  return [
    ...head(['on this node', 'CPU ms/s', 'RSS MiB', 'PSS MiB']),
    ...nodes.map(({ of, cpuMsPerSecond, rssBytes, pssBytes }) =>
      row([of, cpuMsPerSecond.toFixed(1), mebibytes(rssBytes), mebibytes(pssBytes)]),
    ),
  ];
}

function targetTable(results: FleetResults): string[] {
  const rows = targetsOf(results).map(({ target, measured, met }) =>
    row([target, measured, met === undefined ? '' : met ? 'yes' : 'NO']),
  );
  return ['| target | measured | met |', '|---|---|---|', ...rows];
}

function targetsOf({ fleets, scrapes, nodes }: FleetResults): readonly Target[] {
  const largest = fleets.toSorted((a, b) => b.nodes - a.nodes)[0];
  const incident = scrapes[0];
  const served = nodes.find(({ of }) => of.includes('15 s'));
  return [
    ...(largest === undefined ? [] : screenTargets(largest)),
    ...(incident === undefined
      ? []
      : [
          most(
            '/metrics: CPU of a scrape, its text made for it',
            incident.encodeCpuMs + incident.answerCpuMs,
            MOST.scrapeCpuMs,
            'ms',
          ),
        ]),
    ...(served === undefined
      ? []
      : [most('serve at 15 s: CPU', served.cpuMsPerSecond, MOST.servedCpuMsPerSecond, 'ms/s')]),
  ];
}

function screenTargets(fleet: FleetRow): readonly Target[] {
  const of = `${fleet.nodes} nodes`;
  return [
    most(`${of}: first full list`, fleet.firstListMs, MOST.firstListMs, 'ms'),
    most(`${of}: requests a refresh`, fleet.refreshTraffic.requests, MOST.requests, ''),
    most(`${of}: kB a refresh`, fleet.refreshTraffic.bytes / 1000, MOST.bytes / 1000, 'kB'),
    most(`${of}: our CPU a refresh`, fleet.refreshCpuMs, MOST.cpuMs, 'ms'),
    most(`${of}: the server's CPU a refresh`, fleet.refreshServerCpuMs, MOST.serverCpuMs, 'ms'),
    most(`${of}: RSS`, fleet.rssBytes / 2 ** 20, MOST.memoryBytes / 2 ** 20, 'MiB'),
  ];
}

function most(what: string, value: number, limit: number, unit: string): Target {
  const digits = value < 10 ? 2 : 0;
  return {
    target: `${what}: at most ${limit} ${unit}`.trim(),
    measured: `${value.toFixed(digits)} ${unit}`.trim(),
    met: value <= limit,
  };
}
