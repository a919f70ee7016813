import type { Maybe } from '../core/missing.ts';
import { type Meminfo, parseMeminfo } from '../sources/proc/meminfo.ts';
import { type Pressure, parsePressure } from '../sources/proc/pressure.ts';
import { parseVmstat, type Vmstat } from '../sources/proc/vmstat.ts';
import { noArgs } from './args.ts';
import { parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

/** The node's memory, all from constant-cost files that anybody may read. */
export interface MemorySample {
  readonly meminfo: Maybe<Meminfo>;
  readonly vmstat: Maybe<Vmstat>;
  /** Pressure stall information; absent before 4.20 and where psi is off. */
  readonly cpuPressure: Maybe<Pressure>;
  readonly memoryPressure: Maybe<Pressure>;
  readonly ioPressure: Maybe<Pressure>;
}

/** Samples `/proc/meminfo`, `/proc/vmstat` and `/proc/pressure/*`. */
export const memorySampler: Sampler<Record<string, never>, MemorySample> = {
  parseArgs: noArgs,
  sample: (host) => ({
    meminfo: parseText(host.read('/proc/meminfo'), parseMeminfo),
    vmstat: parseText(host.read('/proc/vmstat'), parseVmstat),
    cpuPressure: parseText(host.read('/proc/pressure/cpu'), parsePressure),
    memoryPressure: parseText(host.read('/proc/pressure/memory'), parsePressure),
    ioPressure: parseText(host.read('/proc/pressure/io'), parsePressure),
  }),
};
