import { readdirSync } from 'node:fs';
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
  readonly systemSeconds: number;
  /** How long these threads and this one waited for a CPU meanwhile. */
  readonly waitedSeconds: number;
}

const TASKS = '/proc/self/task';

/**
 * The threads of libuv's pool, seen from outside: which of them makes a read is not told, and a file of many records is
 * read by all in turn, so that a read has used what all of them have. Beside it only the compressing of a few kilobytes
 * runs there: 2 ms every few seconds.
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
    const used = (of: keyof ThreadTimes) => {
      const parts = [...now.pool].map(([tid, times]) => times[of] - (before.pool.get(tid)?.[of] ?? 0));
      return parts.reduce((sum, part) => sum + part, 0);
    };
    const waitedSeconds = used('waitedSeconds') + now.main.waitedSeconds - before.main.waitedSeconds;
    return {
      cpuSeconds: used('cpuSeconds'),
      systemSeconds: used('systemTicks') / TICKS_PER_SECOND,
      waitedSeconds,
    };
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
