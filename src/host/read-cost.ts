import { type Maybe, missing } from '../core/missing.ts';
import type { ReadCost } from '../core/reading.ts';
import { TICKS_PER_SECOND } from '../core/user-hz.ts';
import { readWhole } from './root-folder.ts';

/** Under this much CPU time the kernel's split into user and system means nothing: it is made by the tick (measured). */
export const SPLIT_MEANS_SOMETHING_SECONDS = 0.05;

/**
 * The kernel brings a running thread's CPU time up to date at its tick, 1 to 10 ms apart: a shorter read is told none, or
 * another's share.
 */
export const TICK_SECONDS = 0.004;

export const TOO_SHORT = missing('unsupported', 'shorter than the tick by which the kernel counts CPU time');

const SCHEDSTAT = '/proc/thread-self/schedstat';
const STAT = '/proc/thread-self/stat';

/** Whether the kernel tells CPU time per thread under a fixed name: /proc/thread-self came with 3.17 (proc(5)). */
let perThread: boolean | undefined;

/**
 * CPU seconds of the calling thread so far. Kernels before 3.17 have no `/proc/thread-self`; there the whole process
 * stands in for the thread: its other lane adds well under a percent.
 */
export function cpuSecondsOfThread(): number {
  if (perThread !== false) {
    try {
      const nanoseconds = Number(readWhole(SCHEDSTAT).split(' ', 1)[0]);
      perThread = true;
      return nanoseconds / 1e9;
    } catch (error) {
      if (perThread === true) throw error;
      perThread = false;
    }
  }
  const usage = process.cpuUsage();
  return (usage.user + usage.system) / 1e6;
}

/** What the thread had used when that was read last, and when that was. */
let known = { cpuSeconds: 0, atMs: Number.NEGATIVE_INFINITY };

/**
 * The same for many runs in a row, each of which takes microseconds: within a tick of the kernel after it was read, it
 * is taken to have worked all the time. So what is shorter than that has used the time it took, and is not read twice.
 */
export function cpuSecondsOfRuns(): number {
  const atMs = performance.now();
  const since = (atMs - known.atMs) / 1000;
  if (since < TICK_SECONDS) return known.cpuSeconds + since;
  known = { cpuSeconds: cpuSecondsOfThread(), atMs };
  return known.cpuSeconds;
}

function systemTicksOfThread(): Maybe<number> {
  if (perThread !== true) return missing('unsupported', '/proc/thread-self is not in this kernel');
  const text = readWhole(STAT);
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ', 13)[12]);
}

/** Runs `ask` and says what it cost this thread, whether it answers or throws. */
export function withCost<T>(ask: () => T): { readonly result: T; readonly cost: ReadCost } {
  const systemBefore = systemTicksOfThread();
  const cpuBefore = cpuSecondsOfThread();
  const wallBefore = performance.now();
  const result = ask();
  const wallSeconds = (performance.now() - wallBefore) / 1000;
  if (wallSeconds < TICK_SECONDS)
    return { result, cost: { wallSeconds, cpuSeconds: TOO_SHORT, systemSeconds: TOO_SHORT } };
  const cpuSeconds = Math.min(wallSeconds, Math.max(0, cpuSecondsOfThread() - cpuBefore));
  return { result, cost: { wallSeconds, cpuSeconds, systemSeconds: systemShare(systemBefore, cpuSeconds) } };
}

function systemShare(before: Maybe<number>, cpuSeconds: number): Maybe<number> {
  if (typeof before !== 'number') return before;
  if (cpuSeconds < SPLIT_MEANS_SOMETHING_SECONDS) return missing('unsupported', 'too short to be split by the tick');
  const after = systemTicksOfThread();
  if (typeof after !== 'number') return after;
  return Math.min(cpuSeconds, (after - before) / TICKS_PER_SECOND);
}
