import type { Maybe } from '../core/missing.ts';
import { type LoadAverage, parseLoadavg } from '../sources/proc/loadavg.ts';
import { type ProcStat, parseStat } from '../sources/proc/stat.ts';
import { parseUptime, type Uptime } from '../sources/proc/uptime.ts';
import { noArgs } from './args.ts';
import { parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

/** CPU time of the whole node since boot. */
export interface CpuSample {
  readonly stat: Maybe<ProcStat>;
  readonly loadAverage: Maybe<LoadAverage>;
  readonly uptime: Maybe<Uptime>;
}

/** Samples `/proc/stat`, `/proc/loadavg` and `/proc/uptime`. */
export const cpuSampler: Sampler<Record<string, never>, CpuSample> = {
  parseArgs: noArgs,
  sample: (host) => ({
    stat: parseText(host.read('/proc/stat'), parseStat),
    loadAverage: parseText(host.read('/proc/loadavg'), parseLoadavg),
    uptime: parseText(host.read('/proc/uptime'), parseUptime),
  }),
};
