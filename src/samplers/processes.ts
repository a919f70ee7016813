import * as v from 'valibot';
import { isMissing, type Maybe } from '../core/missing.ts';
import { type PidStat, parsePidStat } from '../sources/proc/pid-stat.ts';
import { argsOf } from './args.ts';
import { linesOf, parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

/** Under this much CPU time in its whole life a process cannot be the one that burns it (50 ticks are 0.5 s). */
const TOO_LITTLE_TICKS = 50;

const args = v.object({
  /** Names (comm) of processes that are wanted however little CPU time they have used: kubelet's. */
  keep: v.array(v.string()),
  /** The process that the user named by its pid; older recordings have none. */
  keepPid: v.optional(v.number()),
});

/** The processes that have used CPU time. */
export interface ProcessesSample {
  /** How many there are in all. */
  readonly count: Maybe<number>;
  /** Those with at least half a second of CPU time behind them, and those that were wanted by name or pid. */
  readonly busy: Maybe<readonly PidStat[]>;
}

/** Samples `/proc/PID/stat` of every process: 13 ms with 1,000 of them, hence seldom. */
export const processesSampler: Sampler<v.InferOutput<typeof args>, ProcessesSample> = {
  parseArgs: argsOf(args),
  sample: (host, { keep, keepPid }) => {
    const names = linesOf(host.list('/proc'));
    if (isMissing(names)) return { count: names, busy: names };
    const pids = names.filter((name) => name >= '0' && name < ':');
    const busy: PidStat[] = [];
    for (const pid of pids) {
      const stat = parseText(host.read(`/proc/${pid}/stat`), parsePidStat);
      if (isMissing(stat)) continue;
      const wanted = stat.pid === keepPid || keep.includes(stat.comm);
      if (wanted || stat.userTicks + stat.systemTicks >= TOO_LITTLE_TICKS) busy.push(stat);
    }
    return { count: pids.length, busy };
  },
};
