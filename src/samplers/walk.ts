import * as v from 'valibot';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { textOf } from '../core/reading.ts';
import type { Host } from '../host/host.ts';
import { parseCgroupStat } from '../sources/cgroup/cgroup-stat.ts';
import { parseCgroups } from '../sources/proc/cgroups.ts';
import { argsOf, type MemoryHierarchy, memoryHierarchy } from './args.ts';
import { type Limits, readLimits } from './limits.ts';
import { folderOf, type PageCounters, readPageCounters } from './page-counters.ts';
import { goneIfAbsent, parseText } from './parse-reading.ts';
import { hasPodProcesses } from './pod-processes.ts';
import { inSteps, type SlowSampler, type Steps, TURN } from './steps.ts';
import { type Folder, foldersAfter, foldersBelow } from './walk-order.ts';

/** The last part of a container's path: its id in 64 hex digits, with what the runtime puts around it. */
const CONTAINER = /[0-9a-f]{64}(?:\.scope)?$/;

/** Some 5 ms with all counters: nobody waits for longer. */
const ROWS_PER_TURN = 100;

/** Limits are read of pods and what is below them: three files more of each, and a node can have 100,000 scopes. */
const OF_PODS = /\/kubepods[/.]/;

const args = v.object({
  memory: memoryHierarchy,
  /** The walk goes on behind this cgroup, where the slice before it ended; from the root without it. */
  after: v.optional(v.string()),
  /** As many cgroups in this slice; all of them in recordings of before there were slices. */
  most: v.optional(v.number()),
  /** The folders alone: which cgroups are alive. Without it, and in older recordings, every counter is read as well. */
  namesOnly: v.optional(v.boolean()),
});

/** One live memory cgroup. */
export interface WalkRow extends PageCounters, Partial<Limits> {
  /** How many child folders it has. */
  readonly children: number;
  /** Dying cgroups below it: `cgroup.stat`, v2 only. v1 counts them for the whole node alone. */
  readonly dyingBelow: Maybe<number>;
  /**
   * Whether processes live in the cgroup itself: there they tell its own charges from what the dying below it hold.
   * Not asked of containers, which have no children to lose.
   */
  readonly hasProcesses: Maybe<boolean>;
  /** Of a pod alone: whether any process is in it or below it. */
  readonly populated?: Maybe<boolean>;
}

/** The live memory cgroups of one slice of a walk, and how many the kernel counted around it. */
export interface WalkSample {
  /** The memory row of `/proc/cgroups` before and after: a count that moved meanwhile has not settled. v1 only. */
  readonly countBefore: Maybe<number>;
  readonly countAfter: Maybe<number>;
  readonly rows: readonly WalkRow[];
  /** No counter was read: those of these rows say so. */
  readonly namesOnly?: true;
  /** Folders that could not be listed, and the first reason. */
  readonly unlisted: Maybe<number>;
  /** Where this slice began and ended; without `until` nothing is left to visit. */
  readonly after?: string;
  readonly until?: string;
  /** Cgroups behind the end of this slice that were seen in listings, and whether there can be others below them. */
  readonly beyond: { readonly cgroups: number; readonly leavesOnly: boolean };
}

/** A counter of a cgroup that no walk has come to that reads them. */
const NOT_READ = missing('warming-up', 'the counters of all cgroups are read once a minute');

/**
 * Walks the folders of the memory hierarchy, parents before children, with the page counters of each. A folder's link
 * count says how many children it has, so that leaves are not listed: listing one costs more than all the rest. A
 * hierarchy of 200,000 takes seconds of CPU: it is walked in slices, and each begins where the one before ended. The
 * counters are nine tenths of the cost (measured), so that a walk that only counts goes without them.
 */
export const walkSampler: SlowSampler<v.InferOutput<typeof args>, WalkSample> = inSteps(
  argsOf(args),
  function* (host, { memory, after, most = Number.POSITIVE_INFINITY, namesOnly = false }): Steps<WalkSample> {
    const countBefore = memoryCount(host, memory);
    const rows: WalkRow[] = [];
    let unlisted = 0;
    let refused: Maybe<number> | undefined;
    const todo = after === undefined ? [{ path: '/', leaf: false }] : foldersAfter(host, memory, after);
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const below = next.leaf ? [] : foldersBelow(host, memory, next.path);
      if (isMissing(below)) {
        if (below.unavailable === 'absent' && next.path !== '/') continue;
        unlisted += 1;
        refused ??= below;
      }
      const children = isMissing(below) ? [] : below;
      rows.push(namesOnly ? nameOf(next.path, children.length) : row(host, memory, next.path, children));
      for (const child of children) todo.push(child);
      if (rows.length >= most) break;
      if (rows.length % ROWS_PER_TURN === 0) yield TURN;
    }
    const last = rows.at(-1);
    return {
      countBefore,
      countAfter: memoryCount(host, memory),
      rows,
      ...(namesOnly ? { namesOnly } : {}),
      unlisted: refused ?? unlisted,
      ...(after === undefined ? {} : { after }),
      ...(todo.length === 0 || last === undefined ? {} : { until: last.path }),
      beyond: { cgroups: todo.length, leavesOnly: todo.every(({ leaf }) => leaf) },
    };
  },
);

function nameOf(path: string, children: number): WalkRow {
  return { path, children, usageBytes: NOT_READ, kmemBytes: NOT_READ, dyingBelow: NOT_READ, hasProcesses: NOT_READ };
}

function row(host: Host, memory: MemoryHierarchy, path: string, folders: readonly Folder[]): WalkRow {
  const children = folders.length;
  const counters = readPageCounters(host, memory, path);
  const dying = dyingBelow(host, memory, path);
  const own = hasProcesses(host, memory, path, children);
  const populated = hasPodProcesses(host, memory, path, own, folders);
  return {
    ...counters,
    usageBytes: usageBytes(counters, dying),
    ...(OF_PODS.test(path) ? readLimits(host, memory, path) : {}),
    children,
    dyingBelow: dying,
    hasProcesses: own,
    ...(populated === undefined ? {} : { populated }),
  };
}

function hasProcesses(host: Host, memory: MemoryHierarchy, path: string, children: number): Maybe<boolean> {
  if (children === 0 && CONTAINER.test(path)) return missing('unsupported', 'not asked of containers');
  const text = goneIfAbsent(textOf(host.read(`${folderOf(memory, path)}/cgroup.procs`)));
  return isMissing(text) ? text : text !== '';
}

/**
 * A v2 cgroup whose parent does not hand the memory controller on has no counter, and what it uses is its parent's. It
 * is told from one that went away by `cgroup.stat`, which every cgroup has and which was read later.
 */
function usageBytes({ usageBytes: usage }: PageCounters, dying: Maybe<number>): Maybe<number> {
  const without = isMissing(usage) && usage.unavailable === 'gone' && !isMissing(dying);
  return without ? missing('disabled', 'no memory controller here: its parent is charged for it') : usage;
}

/** 6.12 and later tell the memory cgroups among the dying. */
function dyingBelow(host: Host, memory: MemoryHierarchy, path: string): Maybe<number> {
  if (memory.version === 'v1') return missing('unsupported', 'cgroup v1 counts dying cgroups for the whole node only');
  const stat = goneIfAbsent(parseText(host.read(`${folderOf(memory, path)}/cgroup.stat`), parseCgroupStat));
  if (isMissing(stat)) return stat;
  return isMissing(stat.dyingMemory) ? stat.dyingDescendants : stat.dyingMemory;
}

function memoryCount(host: Host, memory: MemoryHierarchy): Maybe<number> {
  if (memory.version === 'v2') return missing('unsupported', 'on v2 cgroup.stat counts the dying');
  const controllers = parseText(host.read('/proc/cgroups'), parseCgroups);
  if (isMissing(controllers)) return controllers;
  const found = controllers.find((controller) => controller.name === 'memory');
  return found === undefined ? missing('absent', '/proc/cgroups has no memory row') : found.cgroups;
}
