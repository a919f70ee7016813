import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { measureCost } from './meter.ts';
import { measureBlockedKeys, measureDying, measurePanes, measureTrees } from './own.ts';
import { measureProfiles } from './profiles.ts';
import { type Candidate, competitors, ownProgram } from './programs.ts';
import { SITUATIONS } from './situations.ts';
import { formatResults, type Results, type Row } from './table.ts';

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
    rows: await sideBySide(seconds),
    ...(await alone(seconds)),
  };
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, undefined, 2)}\n`);
  const earlier: Results | undefined =
    options.against === undefined ? undefined : JSON.parse(readFileSync(options.against, 'utf8'));
  process.stdout.write(`\n${formatResults(results, earlier)}`);
}

async function sideBySide(seconds: number): Promise<Row[]> {
  const wanted = [ownProgram(), ...competitors()].filter(({ name }) => options.program?.includes(name) ?? true);
  const rows: Row[] = [];
  for (const { name: situation, begin } of SITUATIONS.filter(({ name }) => options.situation.includes(name))) {
    const end = await begin();
    for (const candidate of wanted) {
      say(`${situation}: ${candidate.name}`);
      rows.push({ situation, program: candidate.name, result: await resultOf(candidate, seconds) });
    }
    await end();
  }
  return rows;
}

async function resultOf(candidate: Candidate, seconds: number): Promise<Row['result']> {
  return 'skipped' in candidate ? { skipped: candidate.skipped } : measureCost(candidate, seconds);
}

async function alone(seconds: number): Promise<Pick<Results, 'own' | 'profiles' | 'keysWhileBlocked' | 'skipped'>> {
  const own = ownProgram();
  if (!options.own) return { own: [], skipped: ['what is measured of this tool alone: --no-own'] };
  if ('skipped' in own) return { own: [], skipped: [`what is measured of this tool alone: ${own.skipped}`] };
  say('this tool alone: generated hosts');
  const trees = await measureTrees(seconds, [100, 1000, 5000, 20_000]);
  say('this tool alone: panes');
  const panes = await measurePanes(seconds, ['1', '2', '3', '4', '5', '6', '7']);
  say('this tool alone: keys while a probe blocks');
  const keysWhileBlocked = await measureBlockedKeys(200);
  say('this tool alone: profiles');
  const profiles = await measureProfiles();
  say('this tool alone: dying cgroups');
  const dying = await measureDying(seconds, [0, 1000, 15_000, 30_000]);
  return typeof dying === 'string'
    ? { own: [...trees, ...panes], profiles, keysWhileBlocked, skipped: [`dying cgroups: ${dying}`] }
    : { own: [...trees, ...panes, ...dying], profiles, keysWhileBlocked, skipped: [] };
}

function say(what: string): void {
  process.stderr.write(`${what}\n`);
}
