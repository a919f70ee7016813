import * as v from 'valibot';
import { type Maybe, missing } from '../core/missing.ts';
import { type CgroupStat, parseCgroupStat } from '../sources/cgroup/cgroup-stat.ts';
import { type ControllerRow, parseCgroups } from '../sources/proc/cgroups.ts';
import { argsOf } from './args.ts';
import { parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

const args = v.object({
  /** The mount point of the v2 hierarchy, where there is one: on a hybrid host it holds no memory cgroups. */
  v2Path: v.optional(v.string()),
});

/** How many cgroups the kernel holds, dying ones included. */
export interface CgroupCountsSample {
  /** `/proc/cgroups`, a row per controller. The memory row is missing on kernels without CONFIG_MEMCG_V1. */
  readonly controllers: Maybe<readonly ControllerRow[]>;
  /** `cgroup.stat` of the v2 root; `absent` where no v2 hierarchy is mounted. */
  readonly v2Root: Maybe<CgroupStat>;
}

/**
 * Samples the cheap counts: 12 us, whatever they count. `/proc/cgroups` takes cgroup_mutex up to 5.15, so that it may
 * block while cgroups are made or removed.
 */
export const cgroupCountsSampler: Sampler<v.InferOutput<typeof args>, CgroupCountsSample> = {
  parseArgs: argsOf(args),
  sample: (host, { v2Path }) => ({
    controllers: parseText(host.read('/proc/cgroups'), parseCgroups),
    v2Root:
      v2Path === undefined
        ? missing('absent', 'no cgroup v2 hierarchy is mounted')
        : parseText(host.read(`${v2Path}/cgroup.stat`), parseCgroupStat),
  }),
};
