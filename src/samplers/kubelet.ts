import * as v from 'valibot';
import { isKnown, isMissing, type Maybe, missing } from '../core/missing.ts';
import type { Host } from '../host/host.ts';
import { type PidIo, parsePidIo } from '../sources/proc/pid-io.ts';
import { parsePidSchedstat } from '../sources/proc/pid-schedstat.ts';
import { type PidStat, parsePidStat } from '../sources/proc/pid-stat.ts';
import { argsOf } from './args.ts';
import { goneIfAbsent, linesOf, parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

const args = v.object({ pid: v.number() });

/** kubelet's process and its threads. A part that went away with the process is `gone`. */
export interface KubeletSample {
  readonly pid: number;
  readonly stat: Maybe<PidStat>;
  /** Root only. */
  readonly io: Maybe<PidIo>;
  /** One `stat` per thread; a thread that ended meanwhile is left out. */
  readonly threads: Maybe<readonly PidStat[]>;
  /**
   * How often each thread was put on a CPU. `/proc/PID/status` counts context switches of the main thread only, which
   * sleeps in a busy Go program (measured), and so does `/proc/PID/schedstat`.
   */
  readonly slices: Maybe<readonly ThreadSlices[]>;
}

/** A thread, and how often it was put on a CPU since it began. */
interface ThreadSlices {
  readonly tid: number;
  readonly slices: number;
}

/** Samples `/proc/PID/{stat,io}` and `/proc/PID/task/TID/{stat,schedstat}`. */
export const kubeletSampler: Sampler<v.InferOutput<typeof args>, KubeletSample> = {
  parseArgs: argsOf(args),
  sample: (host, { pid }) => {
    const folder = `/proc/${pid}`;
    const threads = threadsOf(host, folder);
    return {
      pid,
      stat: goneIfAbsent(parseText(host.read(`${folder}/stat`), parsePidStat)),
      io: goneIfAbsent(parseText(host.read(`${folder}/io`), parsePidIo)),
      threads,
      slices: isMissing(threads) ? threads : slicesOf(host, folder, threads),
    };
  },
};

function threadsOf(host: Host, folder: string): Maybe<readonly PidStat[]> {
  const names = goneIfAbsent(linesOf(host.list(`${folder}/task`)));
  if (isMissing(names)) return names;
  return names.map((tid) => parseText(host.read(`${folder}/task/${tid}/stat`), parsePidStat)).filter(isKnown);
}

/** A thread that ended meanwhile is left out; where no thread has the file, its reason stands for all of them. */
function slicesOf(host: Host, folder: string, threads: readonly PidStat[]): Maybe<readonly ThreadSlices[]> {
  const found: ThreadSlices[] = [];
  let none: Maybe<readonly ThreadSlices[]> = missing('gone', 'no thread is left');
  for (const { pid: tid } of threads) {
    const schedstat = parseText(host.read(`${folder}/task/${tid}/schedstat`), parsePidSchedstat);
    if (isMissing(schedstat)) none = schedstat;
    else found.push({ tid, slices: schedstat.slices });
  }
  if (found.length > 0 && found.every(({ slices }) => slices === 0)) {
    return missing('unsupported', 'this kernel keeps no scheduler statistics');
  }
  return found.length === 0 ? none : found;
}
