import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../../support/cleanup.ts';
import { startPrometheus } from '../../support/prometheus-server.ts';
import { watch } from '../meter.ts';
import { cpuSecondsOf, readTree } from '../process-tree.ts';
import { programFile } from '../programs.ts';
import { type Program, startSession } from '../session.ts';
import { countingProxy, type Traffic } from './counting-proxy.ts';

/** A fleet whose screen is measured. */
export interface FleetSize {
  readonly nodes: number;
  /** How long a past it has, a sample a minute. */
  readonly hours: number;
}

/** What the fleet's screen cost against a real Prometheus that has the rules. */
export interface FleetRow extends FleetSize {
  /** From the start of the program until the facts of the rows in sight are there. */
  readonly firstListMs: number;
  readonly firstListCpuMs: number;
  readonly firstListTraffic: Traffic;
  /** From then on, at the rhythm of a refresh a minute. */
  readonly cpuMsPerMinute: number;
  readonly trafficPerMinute: Traffic;
  /** Of one of many refreshes that were asked for by hand: our CPU, that of the server, and what was asked. */
  readonly refreshCpuMs: number;
  readonly refreshServerCpuMs: number;
  readonly refreshTraffic: Traffic;
  readonly rssBytes: number;
  readonly pssBytes: number;
}

/** Nobody's: what is measured are processes below one that is known. */
const NO_MARK = 'nobody has this in the environment';

const SICK_PCT = 3;
const STEP_SECONDS = 60;

/** The past goes on into the future, so that it is the present while it is measured. */
const FUTURE_SECONDS = 1500;

/** Graphs over the fleet and the silent nodes come after the list; they belong to the start. */
const SETTLE_MS = 10_000;

/** Starts of the program; the fastest is told, since what else runs can only make it slower. */
const STARTS = 5;

/** Refreshes by hand, and the time between two of them: an answer to one comes sooner. */
const REFRESHES = 20;
const REFRESH_MS = 1000;

/** Measures the screen over so many made nodes. */
export async function measureFleet({ nodes, hours }: FleetSize): Promise<FleetRow> {
  const { path, remove } = makeFolder(tmpdir(), 'bench-fleet');
  const now = Math.floor(Date.now() / 60_000) * 60;
  const span = { fromSeconds: now - hours * 3600, toSeconds: now + FUTURE_SECONDS, stepSeconds: STEP_SECONDS };
  const past = { nodes, sickPct: SICK_PCT, ...span };
  const folder = join(path, 'prometheus');
  const prometheus = await startPrometheus({ folder, past, rules: 'in its past alone' });
  const proxy = await countingProxy(prometheus.url);
  try {
    const server = () => cpuSecondsOf(readTree(prometheus.pid, NO_MARK)) * 1000;
    const program = fleetProgram(proxy.url);
    const starts = [];
    for (let start = 0; start < STARTS; start += 1) starts.push(await startOnce(program, proxy.take));
    const [fastest] = starts.sort((a, b) => a.firstListMs - b.firstListMs);
    if (fastest === undefined) throw new Error('it was not started');
    const session = startSession(program);
    try {
      await session.until(program.shown);
      await sleep(SETTLE_MS);
      proxy.take();
      const cost = await watch(session, 60);
      const trafficPerMinute = proxy.take();
      const [ours, theirs] = [cpuSecondsOf(session.tree()) * 1000, server()];
      for (let pressed = 0; pressed < REFRESHES; pressed += 1) {
        session.press('r');
        await sleep(REFRESH_MS);
      }
      const asked = proxy.take();
      return {
        ...{ nodes, hours },
        ...fastest,
        cpuMsPerMinute: cost.cpuMsPerSecond * 60,
        trafficPerMinute,
        refreshCpuMs: (cpuSecondsOf(session.tree()) * 1000 - ours) / REFRESHES,
        refreshServerCpuMs: (server() - theirs) / REFRESHES,
        refreshTraffic: { requests: asked.requests / REFRESHES, bytes: asked.bytes / REFRESHES },
        rssBytes: cost.rssBytes,
        pssBytes: cost.pssBytes,
      };
    } finally {
      await session.end();
    }
  } finally {
    proxy.close();
    await prometheus.stop();
    remove();
  }
}

type Start = Pick<FleetRow, 'firstListMs' | 'firstListCpuMs' | 'firstListTraffic'>;

async function startOnce(program: Program, take: () => Traffic): Promise<Start> {
  take();
  const session = startSession(program);
  try {
    const shownMs = await session.until(program.shown);
    return {
      firstListMs: shownMs - session.startedMs,
      firstListCpuMs: cpuSecondsOf(session.tree()) * 1000,
      firstListTraffic: take(),
    };
  } finally {
    await session.end();
  }
}

/** A list is full when the first row has the slab of its node, which comes with the facts. */
function fleetProgram(url: string): Program {
  return {
    name: 'slabtop-k8s fleet',
    argv: [programFile(), 'fleet', '--prometheus', url],
    env: {},
    shown: (screen) => /CRIT +ip-\S+ .*[KMG]iB/.test(screen),
  };
}
