import { readdirSync, readFileSync } from 'node:fs';

/** User-visible clock ticks a second: USER_HZ is 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What a process has used until now. */
export interface ProcessUsage {
  readonly pid: number;
  readonly name: string;
  /** Clock ticks from boot to its start; with the pid, who it is. */
  readonly startTicks: number;
  /** Of all its threads, those that ended included. */
  readonly cpuSeconds: number;
  /** Of its children that ended and were waited for, and of theirs. */
  readonly reapedSeconds: number;
  readonly rssBytes: number;
  readonly pssBytes: number;
  /** Memory that belongs to it alone: what grows where something leaks, whoever else runs the same Node. */
  readonly anonymousBytes: number;
}

/**
 * The process `root`, all below it, and all that have `mark` in their environment with all below those: a child that
 * was detached keeps its parent or, when that has ended, its mark. A process that ends while it is looked at is left
 * out.
 */
export function readTree(root: number, mark: string): ProcessUsage[] {
  const stats = new Map<number, string[]>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readIfThere(`/proc/${name}/stat`) : '';
    if (stat !== '') stats.set(Number(name), fieldsOf(stat));
  }
  const belongs = (pid: number): boolean => {
    const parent = Number(stats.get(pid)?.[4] ?? 0);
    return pid === root || readIfThere(`/proc/${pid}/environ`).includes(mark) || (parent > 1 && belongs(parent));
  };
  return [...stats]
    .filter(([pid, fields]) => fields[3] !== 'Z' && belongs(pid))
    .map(([pid, stat]) => usageOf(pid, stat));
}

/** Kills a process if it still is the one that was looked at. */
export function killIfSame({ pid, startTicks }: ProcessUsage): void {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat !== '' && Number(fieldsOf(stat)[22]) === startTicks) process.kill(pid, 'SIGKILL');
}

/** CPU time of a tree: the difference of two of these is what it used between, whoever ended in the meantime. */
export function cpuSecondsOf(tree: readonly ProcessUsage[]): number {
  return tree.reduce((sum, one) => sum + one.cpuSeconds + one.reapedSeconds, 0);
}

/** `/proc/PID/stat` with the numbers of proc(5): field 1 at index 1. The name may hold blanks and brackets. */
function fieldsOf(stat: string): string[] {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  return [
    '',
    stat.slice(0, open).trim(),
    stat.slice(open + 1, close),
    ...stat
      .slice(close + 2)
      .trim()
      .split(' '),
  ];
}

function usageOf(pid: number, stat: readonly string[]): ProcessUsage {
  const ticks = (...fields: number[]) =>
    fields.reduce((sum, field) => sum + Number(stat[field] ?? 0), 0) / TICKS_PER_SECOND;
  const rollup = readIfThere(`/proc/${pid}/smaps_rollup`);
  return {
    pid,
    name: stat[2] ?? '',
    startTicks: Number(stat[22]),
    // Threads that live tell nanoseconds; stat is rounded down to a tick and knows of threads that have ended, too.
    cpuSeconds: Math.max(ticks(14, 15), livingThreadsSeconds(pid)),
    reapedSeconds: ticks(16, 17),
    rssBytes: kibibytes(rollup, 'Rss') * 1024,
    pssBytes: kibibytes(rollup, 'Pss') * 1024,
    anonymousBytes: kibibytes(rollup, 'Anonymous') * 1024,
  };
}

function livingThreadsSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of namesIn(`/proc/${pid}/task`)) {
    nanoseconds += Number(readIfThere(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]);
  }
  return nanoseconds / 1e9;
}

function kibibytes(rollup: string, key: string): number {
  return Number(new RegExp(`^${key}: +(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    return nothingIfGone(error, []);
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return nothingIfGone(error, '');
  }
}

/** A process that ended has no files; those of another user's process and of kernel threads cannot be read. */
function nothingIfGone<T>(error: unknown, nothing: T): T {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return nothing;
  throw error;
}
