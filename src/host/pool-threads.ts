import { stat } from 'node:fs';
import { TICKS_PER_SECOND } from '../core/user-hz.ts';
import { answer, listNames, readWhole } from './root-folder.ts';

/** What threads have used and waited for since they began (`/proc/PID/task/TID/{schedstat,stat}`). */
export interface Times {
  readonly cpuSeconds: number;
  /** Ready to run, but on no CPU. Always 0 where the kernel keeps no scheduler statistics. */
  readonly waitedSeconds: number;
  /** In the kernel, by its tick. */
  readonly systemSeconds: number;
}

const TASKS = '/proc/self/task';

/**
 * The threads of libuv's pool, seen from outside: which of them makes a read is not told, and a file of many records is
 * read by all in turn, so that a read has used what all of them have. Beside it only the compressing of a few kilobytes
 * runs there: 2 ms every few seconds.
 */
export class PoolThreads {
  readonly #main = String(process.pid);
  readonly #tids: readonly string[];

  /**
   * The pool's threads begin with its first use, which this is: they are those that are there after it and not before.
   * Where something else used it first, they are among all others, which are idle.
   */
  constructor() {
    const before = new Set(tasks());
    stat(TASKS, () => {});
    const after = tasks();
    const made = after.filter((tid) => !before.has(tid));
    this.#tids = made.length > 0 ? made : after.filter((tid) => tid !== this.#main);
  }

  /** Whether there are any to be asked: this process may see no /proc of its own. */
  get areKnown(): boolean {
    return this.#tids.length > 0;
  }

  /** What all of them have used so far, and how long they and this thread have waited. */
  now(): Times {
    const times = this.#tids.map((tid) => ({ ...scheduled(tid), systemSeconds: systemSeconds(tid) }));
    const sum = (of: keyof Times) => times.reduce((all, each) => all + each[of], 0);
    return {
      cpuSeconds: sum('cpuSeconds'),
      waitedSeconds: sum('waitedSeconds') + scheduled(this.#main).waitedSeconds,
      systemSeconds: sum('systemSeconds'),
    };
  }
}

/** None where this process sees no /proc of its own. */
function tasks(): string[] {
  return textOf(TASKS, listNames)
    .split('\n')
    .filter((tid) => tid !== '');
}

function scheduled(tid: string): Pick<Times, 'cpuSeconds' | 'waitedSeconds'> {
  const [cpu = '', waited = ''] = textOf(`${TASKS}/${tid}/schedstat`).split(' ');
  return { cpuSeconds: Number(cpu) / 1e9, waitedSeconds: Number(waited) / 1e9 };
}

function systemSeconds(tid: string): number {
  const text = textOf(`${TASKS}/${tid}/stat`);
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ', 13)[12] ?? 0) / TICKS_PER_SECOND;
}

/** A thread of the pool stays as long as the process; without the file it has used nothing that is known. */
function textOf(path: string, read = readWhole): string {
  const reading = answer('own', path, () => read(path));
  return 'text' in reading ? reading.text : '';
}
