import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type ProcessUsage, readTree } from '../bench/process-tree.ts';

/** What a program of ours occupies at one moment, over all its processes. */
export interface Footprint {
  readonly processes: number;
  readonly pssBytes: number;
  /** Memory that is in no file: unlike PSS it does not depend on who else runs the same Node. */
  readonly anonymousBytes: number;
  readonly rssBytes: number;
  /** Open descriptors of the screen's process, by kind: `socket`, `pipe`, `anon_inode:[eventpoll]`, a path. */
  readonly screenDescriptors: readonly string[];
  readonly samplerDescriptors: readonly string[];
}

/** No environment has it, so that a tree is what is below its root and nothing else. */
const NO_MARK = randomUUID();

/** The footprint of the program whose first process is `pid`. */
export function footprintOf(pid: number): Footprint {
  const tree = readTree(pid, NO_MARK);
  const sampler = samplersOf(pid)[0];
  return {
    processes: tree.length,
    pssBytes: sum(tree.map((one) => one.pssBytes)),
    anonymousBytes: sum(tree.map((one) => one.anonymousBytes)),
    rssBytes: sum(tree.map((one) => one.rssBytes)),
    screenDescriptors: descriptorsOf(pid),
    samplerDescriptors: sampler === undefined ? [] : descriptorsOf(sampler),
  };
}

/** The sampler processes among the children of a screen; one that has ended and was not waited for yet is none. */
export function samplersOf(pid: number): number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  // Programs that the screen asks about the machine come and go with names of their own.
  return children.filter((child) => textOf(`/proc/${child}/comm`) === 'slabtop-k8s');
}

/** Who is in a program's tree now; with the start time, a later process of the same pid is another. */
export function membersOf(pid: number): readonly ProcessUsage[] {
  return readTree(pid, NO_MARK);
}

/** Whether a process still runs; one that has ended and waits for its parent does not. */
export function stillRuns({ pid, startTicks }: Pick<ProcessUsage, 'pid' | 'startTicks'>): boolean {
  const stat = textOf(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat !== '' && fields[0] !== 'Z' && Number(fields[19]) === startTicks;
}

/** What a process has open, sorted; a socket's number is left out. */
function descriptorsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((fd) => targetOf(`${folder}/${fd}`))
    .filter((target) => target !== '')
    .map((target) => target.replace(/:\[\d+\]$/, '').replace(/^\/dev\/pts\/\d+$/, 'terminal'))
    .toSorted();
}

function targetOf(path: string): string {
  return orNothing(() => readlinkSync(path));
}

function textOf(path: string): string {
  return orNothing(() => readFileSync(path, 'utf8').trim());
}

/** A process may end while it is looked at. */
function orNothing(look: () => string): string {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return '';
    throw error;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
