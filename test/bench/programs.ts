import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../support/cleanup.ts';
import type { Program } from './session.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** A program to measure, or why it cannot be. */
export type Candidate = Program | { readonly name: string; readonly skipped: string };

/** This tool's own program with a 1 s interval, and what else is asked for. */
export function ownProgram(...args: string[]): Candidate {
  if (!existsSync(join(REPOSITORY, 'dist'))) return { name: 'slabtop-k8s', skipped: 'not built; run npm start once' };
  return {
    name: 'slabtop-k8s',
    argv: [programFile(), '-d', '1', ...args],
    env: {},
    shown: cheapShown,
    fullyShown: (screen) => cheapShown(screen) && SLOW_VALUES.every((value) => value.test(screen)),
  };
}

/** The program as it is started by a person. */
export function programFile(): string {
  return join(REPOSITORY, 'bin/slabtop-k8s');
}

/** Whether the screen shows pane 1 and not another. */
export function overviewShown(screen: string): boolean {
  return screen.includes('SLOWEST READ') && screen.includes('memory cgroups');
}

/** The total of slab memory and that of memory cgroups, in the headlines of their boxes: read with every tick. */
const CHEAP_VALUES = [/ slab ─.* [\d.,]+ [KMGTP]?i?B ─/, / memory cgroups ─+ [\d,]+ /];

/** What slabinfo, the walk and the first timed read say; or why there is no such value. */
const SLOW_VALUES = [/ dentry (?!\.\.\.)\S/, / live \+ | in all, dying (?!\.\.\.)\S/, /^(?!.* root not read yet )/s];

function cheapShown(screen: string): boolean {
  return overviewShown(screen) && CHEAP_VALUES.every((value) => value.test(screen));
}

/** The programs that people use today, each refreshing once a second with its own defaults otherwise. */
export function competitors(): Candidate[] {
  const { path: home } = makeFolder(tmpdir(), 'bench');
  mkdirSync(join(home, 'btop'));
  writeFileSync(join(home, 'btop/btop.conf'), 'update_ms = 1000\n');
  const env = { XDG_CONFIG_HOME: home, HTOPRC: join(home, 'htoprc') };
  return [
    ifInstalled('slabtop', ['-d', '1'], env, 'Active / Total Objects'),
    ifInstalled('top', ['-d', '1'], env, 'PID'),
    ifInstalled('htop', ['-d', '10'], env, 'PID'),
    ifInstalled('btop', [], env, 'Pid:'),
    // Without this, atop as root turns process accounting on for the whole machine.
    ifInstalled('atop', ['1'], { ...env, ATOPACCT: '' }, 'PRC'),
    ifInstalled('glances', ['-t', '1'], env, 'MEM'),
  ];
}

function ifInstalled(name: string, args: string[], env: Program['env'], shown: string): Candidate {
  if (!isInstalled(name)) return { name, skipped: 'not installed' };
  return { name, argv: [name, ...args], env, shown: (screen) => screen.includes(shown) };
}

/** Whether a program is on PATH. */
export function isInstalled(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
