import { readdirSync } from 'node:fs';
import { type Maybe, missing } from '../core/missing.ts';
import { TICKS_PER_SECOND } from '../core/user-hz.ts';
import { readWhole } from './root-folder.ts';

/** What a thread has used and waited for since it began (`/proc/PID/task/TID/schedstat`). */
interface ThreadTimes {
  readonly cpuSeconds: number;
  /** Ready to run, but on no CPU. Always 0 where the kernel keeps no scheduler statistics. */
  readonly waitedSeconds: number;
  /** In the kernel, by its tick; read only where it is asked for. */
  readonly systemTicks: number;
}

/** What the threads of the pool and this one have used at some moment. */
export interface ThreadsAt {
  readonly pool: ReadonlyMap<string, ThreadTimes>;
  readonly main: ThreadTimes;
}

/** What a read on the pool cost. */
export interface PoolCost {
  readonly cpuSeconds: number;
  readonly systemSeconds: Maybe<number>;
  /** How long the reading thread and this one waited for a CPU meanwhile. */
  readonly waitedSeconds: number;
}

const TASKS = '/proc/self/task';

/**
 * The threads of libuv's pool, seen from outside: which of them makes a read is not told, so that it is the one that
 * used the most CPU time meanwhile. Beside a read only the compressing of a few kilobytes runs there (some ms).
 */
export class PoolThreads {
  readonly #main = String(process.pid);
  readonly #before: ReadonlySet<string>;
  #tids: readonly string[] | undefined;

  /** To be made before the pool is used: its threads are those that come with the first use. */
  constructor() {
    this.#before = new Set(readdirSync(TASKS));
  }

  /** The times of all of them now. */
  now(): ThreadsAt {
    return { pool: new Map(this.#pool().map((tid) => [tid, timesOf(tid, true)])), main: timesOf(this.#main, false) };
  }

  /** What a read cost that began at `before` and has just ended. */
  costSince(before: ThreadsAt): PoolCost {
    const now = this.now();
    let [most, cpuSeconds] = ['', -1];
    for (const [tid, times] of now.pool) {
      const used = times.cpuSeconds - (before.pool.get(tid)?.cpuSeconds ?? 0);
      if (used > cpuSeconds) [most, cpuSeconds] = [tid, used];
    }
    const [was, is] = [before.pool.get(most), now.pool.get(most)];
    if (is === undefined)
      return { cpuSeconds: 0, systemSeconds: missing('absent', 'no thread of the pool'), waitedSeconds: 0 };
    const waited = is.waitedSeconds - (was?.waitedSeconds ?? 0) + now.main.waitedSeconds - before.main.waitedSeconds;
    const systemSeconds = (is.systemTicks - (was?.systemTicks ?? 0)) / TICKS_PER_SECOND;
    return { cpuSeconds, systemSeconds, waitedSeconds: waited };
  }

  /** None before the first use. All but the first thread, where something else used the pool before. */
  #pool(): readonly string[] {
    if (this.#tids !== undefined) return this.#tids;
    const all = readdirSync(TASKS).filter((tid) => tid !== this.#main);
    const made = all.filter((tid) => !this.#before.has(tid));
    if (made.length > 0) this.#tids = made;
    return made.length > 0 ? made : all;
  }
}

function timesOf(tid: string, withSystem: boolean): ThreadTimes {
  const [cpu, waited] = readWhole(`${TASKS}/${tid}/schedstat`).split(' ');
  if (!withSystem) return { cpuSeconds: Number(cpu) / 1e9, waitedSeconds: Number(waited) / 1e9, systemTicks: 0 };
  const stat = readWhole(`${TASKS}/${tid}/stat`);
  const systemTicks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ', 13)[12]);
  return { cpuSeconds: Number(cpu) / 1e9, waitedSeconds: Number(waited) / 1e9, systemTicks };
}
