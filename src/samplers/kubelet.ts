import * as v from 'valibot';
import { isKnown, isMissing, type Maybe } from '../core/missing.ts';
import type { Host } from '../host/host.ts';
import { type PidIo, parsePidIo } from '../sources/proc/pid-io.ts';
import { type PidSchedstat, parsePidSchedstat } from '../sources/proc/pid-schedstat.ts';
import { type PidStat, parsePidStat } from '../sources/proc/pid-stat.ts';
import { type PidStatus, parsePidStatus } from '../sources/proc/pid-status.ts';
import { argsOf } from './args.ts';
import { goneIfAbsent, linesOf, parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

const args = v.object({ pid: v.number() });

/** kubelet's process and its threads. A part that went away with the process is `gone`. */
export interface KubeletSample {
  readonly pid: number;
  readonly stat: Maybe<PidStat>;
  readonly status: Maybe<PidStatus>;
  readonly schedstat: Maybe<PidSchedstat>;
  /** Root only. */
  readonly io: Maybe<PidIo>;
  /** One `stat` per thread; a thread that ended meanwhile is left out. */
  readonly threads: Maybe<readonly PidStat[]>;
}

/** Samples `/proc/PID/{stat,status,schedstat,io}` and `/proc/PID/task/TID/stat`. */
export const kubeletSampler: Sampler<v.InferOutput<typeof args>, KubeletSample> = {
  parseArgs: argsOf(args),
  sample: (host, { pid }) => {
    const folder = `/proc/${pid}`;
    return {
      pid,
      stat: goneIfAbsent(parseText(host.read(`${folder}/stat`), parsePidStat)),
      status: goneIfAbsent(parseText(host.read(`${folder}/status`), parsePidStatus)),
      schedstat: goneIfAbsent(parseText(host.read(`${folder}/schedstat`), parsePidSchedstat)),
      io: goneIfAbsent(parseText(host.read(`${folder}/io`), parsePidIo)),
      threads: threadsOf(host, folder),
    };
  },
};

function threadsOf(host: Host, folder: string): Maybe<readonly PidStat[]> {
  const names = goneIfAbsent(linesOf(host.list(`${folder}/task`)));
  if (isMissing(names)) return names;
  return names.map((tid) => parseText(host.read(`${folder}/task/${tid}/stat`), parsePidStat)).filter(isKnown);
}
