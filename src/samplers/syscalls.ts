import * as v from 'valibot';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import type { Host } from '../host/host.ts';
import { parsePidSyscall } from '../sources/proc/pid-syscall.ts';
import { parsePidWchan } from '../sources/proc/pid-wchan.ts';
import { argsOf } from './args.ts';
import { parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

/** `tids`: the threads to look at this time; which ones, and how many at once, the planner decides. */
const args = v.object({ pid: v.number(), tids: v.array(v.number()) });

/** What one thread was doing when we looked. */
export interface ThreadLook {
  readonly tid: number;
  /**
   * A number: asleep in that system call. `running`: on a CPU or ready for one; a thread that spends 9 s inside one
   * read of `memory.stat` shows as this. `blocked`: asleep outside any call (a page fault, a signal).
   */
  readonly doing: number | 'running' | 'blocked';
  /** The kernel function that it sleeps in; `absent` where it does not sleep, or the kernel hides it. */
  readonly wchan: Maybe<string>;
}

/** One look at some of a process's threads. */
export interface SyscallsSample {
  readonly pid: number;
  /** Root only, else `denied`. Threads that ended meanwhile are left out. */
  readonly looks: Maybe<readonly ThreadLook[]>;
}

/** Samples `/proc/PID/task/TID/{syscall,wchan}`: what strace would show, without stopping anybody. */
export const syscallsSampler: Sampler<v.InferOutput<typeof args>, SyscallsSample> = {
  parseArgs: argsOf(args),
  sample: (host, { pid, tids }) => ({ pid, looks: looksAt(host, pid, tids) }),
};

const AWAKE = missing('absent', 'not asleep');

function looksAt(host: Host, pid: number, tids: readonly number[]): Maybe<readonly ThreadLook[]> {
  const looks: ThreadLook[] = [];
  let refused: Maybe<true> = true;
  for (const tid of tids) {
    const folder = `/proc/${pid}/task/${tid}`;
    const syscall = parseText(host.read(`${folder}/syscall`), parsePidSyscall);
    if (isMissing(syscall)) {
      refused = syscall;
      // What one thread's file refuses, those of its siblings refuse as well.
      if (syscall.unavailable === 'denied') break;
      continue;
    }
    const { kind } = syscall;
    // A thread on a CPU has no function that it sleeps in: that read is saved.
    const wchan = kind === 'running' ? AWAKE : parseText(host.read(`${folder}/wchan`), parsePidWchan);
    looks.push({ tid, doing: kind === 'syscall' ? syscall.number : kind, wchan });
  }
  return looks.length === 0 && isMissing(refused) ? refused : looks;
}
