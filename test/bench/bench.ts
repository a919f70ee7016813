import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { type Alone, aloneTakesSeconds, measureAlone } from './alone.ts';
import { measureCost } from './meter.ts';
import { type Candidate, competitors, ownProgram } from './programs.ts';
import { encodeResults, type Results, type Row } from './results.ts';
import { measureRuntime, type Runtime } from './runtime.ts';
import { SITUATIONS, type Situation } from './situations.ts';
import { formatResults } from './table.ts';

const USAGE = `npm run bench -- [--seconds N] [--situation NAME]... [--program NAME]... [--no-own] [--json FILE] [--against FILE]
  --seconds N       measured seconds of every row (60)
  --situation NAME  ${SITUATIONS.map(({ name }) => JSON.stringify(name)).join(', ')}; all unless given
  --program NAME    slabtop-k8s, slabtop, top, htop, btop, atop, glances; all unless given
  --no-own          leaves out what is measured of this tool alone
  --json FILE       writes the results there
  --against FILE    compares with the results of an earlier run
`;

const options = readOptions();

if (options.help) process.stdout.write(USAGE);
else await bench();

function readOptions() {
  try {
    return parseArgs({
      allowNegative: true,
      options: {
        seconds: { type: 'string', default: '60' },
        situation: { type: 'string', multiple: true, default: SITUATIONS.map(({ name }) => name) },
        program: { type: 'string', multiple: true },
        own: { type: 'boolean', default: true },
        json: { type: 'string' },
        against: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

async function bench(): Promise<void> {
  const seconds = Number(options.seconds);
  if (!(seconds > 0)) throw new Error(`--seconds must be a number above 0, not ${options.seconds}`);
  const programs = [ownProgram(), ...competitors()].filter(({ name }) => options.program?.includes(name) ?? true);
  const situations = SITUATIONS.filter(({ name }) => options.situation.includes(name));
  const runs = situations.length * programs.filter((one) => !('skipped' in one)).length;
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
    ...(await sideBySide(seconds, situations, programs)),
    ...(await alone(seconds)),
  };
  if (options.json !== undefined) writeFileSync(options.json, encodeResults(results));
  const earlier: Results | undefined =
    options.against === undefined ? undefined : JSON.parse(readFileSync(options.against, 'utf8'));
  process.stdout.write(`\n${formatResults(results, earlier)}`);
}

/** All programs in every situation; where nothing else goes on, the runtime of this tool beside them. */
async function sideBySide(
  seconds: number,
  situations: readonly Situation[],
  programs: readonly Candidate[],
): Promise<Pick<Results, 'rows' | 'runtime'>> {
  const rows: Row[] = [];
  let runtime: Runtime | undefined;
  for (const { name: situation, begin } of situations) {
    const end = await begin();
    for (const candidate of programs) {
      say(`${situation}: ${candidate.name}`);
      rows.push({ situation, program: candidate.name, result: await resultOf(candidate, seconds) });
    }
    if (situation === 'quiet') {
      say(`${situation}: an empty Node`);
      runtime = await measureRuntime(seconds);
    }
    await end();
  }
  return runtime === undefined ? { rows } : { rows, runtime };
}

async function alone(seconds: number): Promise<Alone> {
  const own = ownProgram();
  const what = 'what is measured of this tool alone';
  if (!options.own) return { own: [], skipped: [{ what, why: '--no-own' }] };
  if ('skipped' in own) return { own: [], skipped: [{ what, why: own.skipped }] };
  return measureAlone(seconds, (part) => say(`this tool alone: ${part}`));
}

async function resultOf(candidate: Candidate, seconds: number): Promise<Row['result']> {
  return 'skipped' in candidate ? { skipped: candidate.skipped } : measureCost(candidate, { seconds, starts: 5 });
}

function say(what: string): void {
  process.stderr.write(`${what}\n`);
}
