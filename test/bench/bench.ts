import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { type Alone, aloneTakesSeconds, measureAlone } from './alone.ts';
import { type FleetResults, measureFleets } from './fleet/fleet-results.ts';
import { formatFleetResults } from './fleet/fleet-table.ts';
import { type Cost, measureCost, medianCost } from './meter.ts';
import { type Candidate, competitors, ownProgram } from './programs.ts';
import { encodeResults, type Results, type Row } from './results.ts';
import { emptyRunMs, measureRuntime, type Runtime } from './runtime.ts';
import { SITUATIONS, type Situation } from './situations.ts';
import { formatResults } from './table.ts';

const USAGE = `npm run bench -- [--seconds N] [--situation NAME]... [--program NAME]... [--no-own] [--json FILE] [--against FILE]
  --seconds N       measured seconds of every run (60)
  --runs N          of every program in every situation, in turn (5); the median is told
  --situation NAME  ${SITUATIONS.map(({ name }) => JSON.stringify(name)).join(', ')}; all unless given
  --program NAME    slabtop-k8s, slabtop, top, htop, btop, atop, glances; all unless given
  --no-own          leaves out what is measured of this tool alone
  --json FILE       writes the results there
  --against FILE    compares with the results of an earlier run
  --fleet           measures the fleet instead: its screen over made nodes in a real Prometheus, metrics, serve
  --nodes N:HOURS   with --fleet: so many nodes with so long a past (500:6, 5000:6, 10000:1)
`;

const options = readOptions();

if (options.help) process.stdout.write(USAGE);
else if (options.fleet) await benchFleet();
else await bench();

function readOptions() {
  try {
    return parseArgs({
      allowNegative: true,
      options: {
        seconds: { type: 'string', default: '60' },
        runs: { type: 'string', default: '5' },
        situation: { type: 'string', multiple: true, default: SITUATIONS.map(({ name }) => name) },
        program: { type: 'string', multiple: true },
        own: { type: 'boolean', default: true },
        json: { type: 'string' },
        against: { type: 'string' },
        fleet: { type: 'boolean', default: false },
        nodes: { type: 'string', multiple: true, default: ['500:6', '5000:6', '10000:1'] },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

function secondsGiven(): number {
  const seconds = Number(options.seconds);
  if (!(seconds > 0)) throw new Error(`--seconds must be a number above 0, not ${options.seconds}`);
  return seconds;
}

async function benchFleet(): Promise<void> {
  const sizes = options.nodes.map((given) => {
    const [, nodes, hours] = /^(\d+):([\d.]+)$/.exec(given) ?? [];
    if (hours === undefined) throw new Error(`--nodes ${given}: as in 5000:6`);
    return { nodes: Number(nodes), hours: Number(hours) };
  });
  const results: FleetResults = {
    schema: 'slabtop-k8s-bench-fleet/1',
    at: new Date().toISOString(),
    machine: { kernel: release(), cpus: cpus().length, node: process.versions.node },
    ...(await measureFleets({ sizes, seconds: secondsGiven() }, (part) => say(`the fleet: ${part}`))),
  };
  if (options.json !== undefined) writeFileSync(options.json, encodeResults(results));
  process.stdout.write(`\n${formatFleetResults(results)}`);
}

async function bench(): Promise<void> {
  const seconds = secondsGiven();
  const programs = [ownProgram(), ...competitors()].filter(({ name }) => options.program?.includes(name) ?? true);
  const situations = SITUATIONS.filter(({ name }) => options.situation.includes(name));
  const count = Number(options.runs);
  if (!(count > 0)) throw new Error(`--runs must be a number above 0, not ${options.runs}`);
  const runs = count * situations.length * programs.filter((one) => !('skipped' in one)).length;
  const minutes = (runs * (seconds + 7) + (options.own ? aloneTakesSeconds(seconds) : 0)) / 60;
  say(`this takes about ${Math.ceil(minutes)} minutes; leave the machine alone meanwhile`);
  const results: Results = {
    schema: 'slabtop-k8s-bench/1',
    at: new Date().toISOString(),
    machine: {
      kernel: release(),
      processor: cpus()[0]?.model.trim() ?? 'processor',
      cpus: cpus().length,
      node: process.versions.node,
    },
    seconds,
    ...joined(await sideBySide({ seconds, runs: count }, situations, programs), await alone(seconds)),
  };
  if (options.json !== undefined) writeFileSync(options.json, encodeResults(results));
  const earlier: Results | undefined =
    options.against === undefined ? undefined : JSON.parse(readFileSync(options.against, 'utf8'));
  process.stdout.write(`\n${formatResults(results, earlier)}`);
}

/** All programs in every situation; where nothing else goes on, the runtime of this tool beside them. */
async function sideBySide(
  measuring: RunsOf,
  situations: readonly Situation[],
  programs: readonly Candidate[],
): Promise<Pick<Results, 'rows' | 'runtime' | 'skipped'>> {
  const rows: Row[] = [];
  const skipped: Results['skipped'][number][] = [];
  let runtime: Runtime | undefined;
  for (const { name: situation, begin, whyNot } of situations) {
    const why = whyNot?.();
    if (why !== undefined) {
      skipped.push({ what: situation, why });
      continue;
    }
    const end = await begin();
    const found = await inTurn(measuring, situation, programs);
    rows.push(...found.rows);
    if (situation === 'quiet') {
      say(`${situation}: an empty Node`);
      runtime = await measureRuntime(measuring.seconds, found.emptyStartsMs);
    }
    await end();
  }
  return { rows, skipped, ...(runtime === undefined ? {} : { runtime }) };
}

/** How long each run of a program is, and how many there are. */
interface RunsOf {
  readonly seconds: number;
  readonly runs: number;
}

/** All programs one after the other, as often as was asked: what else the machine does falls on all of them alike. */
async function inTurn(
  { seconds, runs }: RunsOf,
  situation: string,
  programs: readonly Candidate[],
): Promise<{ rows: Row[]; emptyStartsMs: readonly number[] }> {
  const costs = new Map<string, Cost[]>();
  const emptyStartsMs: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    emptyStartsMs.push(emptyRunMs());
    for (const candidate of programs) {
      if ('skipped' in candidate) continue;
      say(`${situation}: ${candidate.name}, run ${run}`);
      const cost = await measureCost(candidate, { seconds, starts: 1 });
      costs.set(candidate.name, [...(costs.get(candidate.name) ?? []), cost]);
    }
  }
  const rows = programs.map((candidate) => ({
    ...{ situation, program: candidate.name },
    result: 'skipped' in candidate ? { skipped: candidate.skipped } : medianCost(costs.get(candidate.name) ?? []),
  }));
  return { rows, emptyStartsMs };
}

function joined(
  beside: Pick<Results, 'rows' | 'runtime' | 'skipped'>,
  own: Alone,
): Pick<Results, 'rows' | 'runtime' | 'skipped'> & Alone {
  return { ...beside, ...own, skipped: [...beside.skipped, ...own.skipped] };
}

async function alone(seconds: number): Promise<Alone> {
  const own = ownProgram();
  const what = 'what is measured of this tool alone';
  if (!options.own) return { own: [], skipped: [{ what, why: '--no-own' }] };
  if ('skipped' in own) return { own: [], skipped: [{ what, why: own.skipped }] };
  return measureAlone(seconds, (part) => say(`this tool alone: ${part}`));
}

function say(what: string): void {
  process.stderr.write(`${what}\n`);
}
