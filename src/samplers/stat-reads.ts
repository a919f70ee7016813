import * as v from 'valibot';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { type ReadCost, textOf } from '../core/reading.ts';
import { type MemoryStatV1, parseMemoryStatV1 } from '../sources/cgroup/memory-stat-v1.ts';
import { type MemoryStatV2, parseMemoryStatV2 } from '../sources/cgroup/memory-stat-v2.ts';
import { argsOf, memoryHierarchy } from './args.ts';
import { folderOf } from './page-counters.ts';
import { goneIfAbsent, parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

/** The files whose read walks all dying cgroups on one kernel or another. */
export const STAT_FILES = ['memory.stat', 'memory.numa_stat', 'memory.usage_in_bytes'] as const;

/** One of {@link STAT_FILES}. */
export type StatFile = (typeof STAT_FILES)[number];

const target = v.object({ path: v.string(), file: v.picklist(STAT_FILES) });

/** One file of one cgroup. */
export type StatTarget = v.InferOutput<typeof target>;

const args = v.object({
  memory: memoryHierarchy,
  targets: v.array(target),
  /** Asked for by a person or for the proof of a drop: outside the budget. */
  asked: v.boolean(),
});

/** What one timed read brought. */
export interface StatRead extends StatTarget {
  /** Missing where the file could not be read: then the time says nothing. */
  readonly wallSeconds: Maybe<number>;
  readonly cpuSeconds: Maybe<number>;
  readonly systemSeconds: Maybe<number>;
  /** The text of a `memory.stat`, parsed; missing for the other files. */
  readonly stat: Maybe<MemoryStatV1 | MemoryStatV2>;
}

/** One read after the other. */
export interface StatReadsSample {
  readonly reads: readonly StatRead[];
}

/** Samples the read times of `memory.stat` and its like: on a sick node one read is seconds of system time. */
export const statReadsSampler: Sampler<v.InferOutput<typeof args>, StatReadsSample> = {
  parseArgs: argsOf(args),
  sample: (host, { memory, targets }) => ({
    reads: targets.map((each) => {
      const reading = host.timed(`${folderOf(memory, each.path)}/${each.file}`);
      // The root stays: what it has not, this kernel has not. Any other cgroup may have been removed.
      const text = each.path === '/' ? textOf(reading) : goneIfAbsent(textOf(reading));
      if (isMissing(text)) return { ...each, wallSeconds: text, cpuSeconds: text, systemSeconds: text, stat: text };
      return { ...each, ...costOf(reading.cost), stat: statOf() };

      function statOf(): Maybe<MemoryStatV1 | MemoryStatV2> {
        if (each.file !== 'memory.stat') return missing('unsupported', `${each.file} is read for its time only`);
        return memory.version === 'v1' ? parseText(reading, parseMemoryStatV1) : parseText(reading, parseMemoryStatV2);
      }
    }),
  }),
};

function costOf(cost: ReadCost | undefined): ReadCost {
  const none = missing('unsupported', 'this host does not time reads');
  return cost ?? { wallSeconds: none, cpuSeconds: none, systemSeconds: none };
}
