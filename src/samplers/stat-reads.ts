import * as v from 'valibot';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { type ReadCost, type Reading, textOf } from '../core/reading.ts';
import { argsOf, memoryHierarchy } from './args.ts';
import { folderOf } from './page-counters.ts';
import { goneIfAbsent } from './parse-reading.ts';
import { inSteps, type SlowSampler, type Steps, timed } from './steps.ts';

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
}

/** One read after the other. */
export interface StatReadsSample {
  readonly reads: readonly StatRead[];
}

/** Samples the read times of `memory.stat` and its like: on a sick node one read is seconds of system time. */
export const statReadsSampler: SlowSampler<v.InferOutput<typeof args>, StatReadsSample> = inSteps(
  argsOf(args),
  function* (_host, { memory, targets }): Steps<StatReadsSample> {
    const reads: StatRead[] = [];
    for (const target of targets) {
      const reading = yield* timed(`${folderOf(memory, target.path)}/${target.file}`);
      reads.push(readOf(target, reading));
    }
    return { reads };
  },
);

function readOf(target: StatTarget, reading: Reading): StatRead {
  // The root stays: what it has not, this kernel has not. Any other cgroup may have been removed.
  const text = target.path === '/' ? textOf(reading) : goneIfAbsent(textOf(reading));
  if (isMissing(text)) return { ...target, wallSeconds: text, cpuSeconds: text, systemSeconds: text };
  return { ...target, ...costOf(reading.cost) };
}

function costOf(cost: ReadCost | undefined): ReadCost {
  const none = missing('unsupported', 'this host does not time reads');
  return cost ?? { wallSeconds: none, cpuSeconds: none, systemSeconds: none };
}
