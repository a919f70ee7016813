import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../support/cleanup.ts';
import { capturedProfile, syntheticProfile } from '../support/profiles.ts';
import { PROGRAM } from '../support/program.ts';
import { isInstalled } from './programs.ts';

/** What one run of a program took. */
export interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssBytes: number;
}

/** From a profile to its flame graph, beside Go's own tool printing the same profile as text. */
export interface ProfileRow {
  readonly of: string;
  readonly bytes: number;
  readonly own: Spent;
  /** `go tool pprof -raw`, and whether its totals per function are ours. */
  readonly go: { readonly spent: Spent; readonly sameTotals: boolean } | { readonly skipped: string };
}

/** A real kubelet's profile, and one as large as they get. */
export async function measureProfiles(): Promise<ProfileRow[]> {
  const folder = makeFolder(tmpdir(), 'bench-profiles');
  const made = [
    { of: 'profile of a kubelet, 20 s', content: capturedProfile() },
    {
      of: 'profile of 20,000 samples with 40 frames (made)',
      content: syntheticProfile({ samples: 20_000, depth: 40 }),
    },
  ];
  const rows: ProfileRow[] = [];
  for (const [number, { of, content }] of made.entries()) {
    const file = join(folder.path, `${number}.pb.gz`);
    writeFileSync(file, content);
    const { spent } = await run(process.execPath, [
      PROGRAM,
      'profile',
      file,
      '--svg',
      join(folder.path, `${number}.svg`),
    ]);
    rows.push({ of, bytes: content.length, own: spent, go: await byGo(file) });
  }
  folder.remove();
  return rows;
}

async function byGo(file: string): Promise<ProfileRow['go']> {
  if (!isInstalled('go')) return { skipped: 'go is not installed' };
  // `go tool` only starts it, and would be measured in its place.
  const pprof = (await run('go', ['tool', '-n', 'pprof'])).text.trim();
  const { spent, text } = await run(pprof, ['-raw', file]);
  const own = await run(process.execPath, [PROGRAM, 'profile', file, '--json']);
  return { spent, sameTotals: same(totalsOfRaw(text), totalsOfJson(own.text)) };
}

/** Flat and cumulative nanoseconds of a function. */
type Totals = Map<string, readonly [flat: number, cum: number]>;

function totalsOfJson(text: string): Totals {
  const rows: readonly { name: string; flatSeconds: number; cumSeconds: number }[] = JSON.parse(text).profile.top;
  return new Map(
    rows.map(({ name, flatSeconds, cumSeconds }) => [
      name,
      [Math.round(flatSeconds * 1e9), Math.round(cumSeconds * 1e9)],
    ]),
  );
}

/** Adds up what `go tool pprof -raw` prints: samples as numbers of locations, innermost first, and their functions. */
function totalsOfRaw(text: string): Totals {
  const [samples = '', places = ''] = text.split(/^Locations$/m);
  const functionsOf = new Map<string, string[]>();
  let here: string[] = [];
  for (const line of places.split('\n')) {
    if (line === 'Mappings') break;
    const [, number, name] = /^ +(?:(\d+): 0x[0-9a-f]+ (?:M=\d+ )?)?(\S.*?) \S*:\d+(?::\d+)? s=\d+/.exec(line) ?? [];
    if (name === undefined) continue;
    if (number !== undefined) {
      here = [];
      functionsOf.set(number, here);
    }
    here.push(name);
  }
  const totals = new Map<string, [number, number]>();
  const add = (name: string, flat: number, cum: number) => {
    const [knownFlat, knownCum] = totals.get(name) ?? [0, 0];
    totals.set(name, [knownFlat + flat, knownCum + cum]);
  };
  for (const [, value, stack = ''] of samples.matchAll(/^ +\d+ +(\d+): ([\d ]+)$/gm)) {
    const frames = stack
      .trim()
      .split(' ')
      .flatMap((number) => functionsOf.get(number) ?? []);
    for (const name of new Set(frames)) add(name, 0, Number(value));
    if (frames[0] !== undefined) add(frames[0], Number(value), 0);
  }
  return totals;
}

function same(one: Totals, other: Totals): boolean {
  return (
    one.size === other.size &&
    [...one].every(([name, [flat, cum]]) => {
      const [otherFlat, otherCum] = other.get(name) ?? [];
      return flat === otherFlat && cum === otherCum;
    })
  );
}

const LOOK_MILLISECONDS = 10;

async function run(
  command: string,
  args: readonly string[],
): Promise<{ readonly spent: Spent; readonly text: string }> {
  const cpuBefore = childrenCpuMs();
  const begun = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  let peakRssBytes = 0;
  const looking = setInterval(() => {
    peakRssBytes = Math.max(peakRssBytes, highWaterBytes(child.pid));
  }, LOOK_MILLISECONDS);
  const [code] = await once(child, 'close');
  clearInterval(looking);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${code}`);
  return {
    spent: { wallMs: performance.now() - begun, cpuMs: childrenCpuMs() - cpuBefore, peakRssBytes },
    text: Buffer.concat(parts).toString(),
  };
}

/** 0 once the process has ended. */
function highWaterBytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return 0;
    throw error;
  }
}

/** User and system time of children that were waited for: columns 16 and 17 of proc(5), in ticks of 10 ms. */
function childrenCpuMs(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const columns = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(columns[16 - 3]) + Number(columns[17 - 3])) * 10;
}
