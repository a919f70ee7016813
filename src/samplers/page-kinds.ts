import * as v from 'valibot';
import { bothKnown, isKnown, isMissing, knownOr, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { textOf } from '../core/reading.ts';
import type { Host } from '../host/host.ts';
import { parseMemoryStatV1 } from '../sources/cgroup/memory-stat-v1.ts';
import { parseMemoryStatV2 } from '../sources/cgroup/memory-stat-v2.ts';
import { argsOf, type MemoryHierarchy, memoryHierarchy } from './args.ts';
import { folderOf } from './page-counters.ts';
import { goneIfAbsent, linesOf, parseText } from './parse-reading.ts';
import { inSteps, type SlowSampler, type Steps, timed } from './steps.ts';

const args = v.object({
  memory: memoryHierarchy,
  /** The parents below which dying cgroups hold pages that no live one accounts for. */
  parents: v.array(v.string()),
});

/** The rows of `memory.stat` that tell one kind of page from another; the cgroup and all below it. */
const KINDS = [
  /** Anonymous memory and, on the same lists, the pages of tmpfs. Exact: the size of two LRU lists. */
  'anonListBytes',
  /** Pages of files on disk. Exact: the size of two LRU lists. */
  'fileListBytes',
  /** Anonymous memory alone: `rss` (v1), `anon` (v2). */
  'anonBytes',
  /** Pages of files that have to be written first, those being written included. */
  'unwrittenBytes',
  /** Pages of files and of tmpfs together: `cache` (v1), `file` (v2). Tells whether the counters are to be trusted. */
  'cacheBytes',
  /** Kernel memory: v2 only, where no counter has it. `kernel` since 5.18, before that `slab`. */
  'kmemBytes',
] as const;

/** What is charged to a cgroup and all below it, by kind, in bytes. */
export type ChargedKinds = Readonly<Record<(typeof KINDS)[number], Maybe<number>>>;

/** What one parent and its live children are charged for. */
export interface KindsBelow {
  readonly path: string;
  /** What the read of the parent's own file took: the slow one. */
  readonly wallSeconds: Maybe<number>;
  readonly cpuSeconds: Maybe<number>;
  /** The parent with all below it, less what its own processes are charged for. */
  readonly parent: Maybe<ChargedKinds>;
  /** Its live children added up, right before and right after the parent was read: what moved is not the dying's. */
  readonly childrenBefore: Maybe<ChargedKinds>;
  readonly childrenAfter: Maybe<ChargedKinds>;
}

/** What kinds of pages the dying hold: the parents' figures less those of their live children. */
export interface KindsSample {
  readonly below: readonly KindsBelow[];
}

/** A child whose read takes longer has dying cgroups of its own, and is not read a second time. */
const SLOW_CHILD_SECONDS = 0.05;

/**
 * Samples `memory.stat` of parents and of their live children. The parent's read walks every dying cgroup on sick
 * kernels, so that this is planned seldom; a child's is quick unless cgroups die below it too.
 */
export const kindsSampler: SlowSampler<v.InferOutput<typeof args>, KindsSample> = inSteps(
  argsOf(args),
  function* (host, { memory, parents }): Steps<KindsSample> {
    const below: KindsBelow[] = [];
    for (const path of parents) below.push(yield* kindsBelow(host, memory, path));
    return { below };
  },
);

function* kindsBelow(host: Host, memory: MemoryHierarchy, path: string): Steps<KindsBelow> {
  const children = goneIfAbsent(linesOf(host.dirs(folderOf(memory, path))));
  const paths = isMissing(children)
    ? children
    : children.map((line) => `${path === '/' ? '' : path}/${line.slice(line.indexOf(' ') + 1)}`);
  const before = new Map<string, TimedKinds>();
  for (const child of knownOr(paths, [])) before.set(child, yield* readKinds(memory, child, 'with-own'));
  const parent = yield* readKinds(memory, path, 'without-own');
  const after = new Map<string, TimedKinds>();
  for (const [child, first] of before) {
    const slow = knownOr(first.wallSeconds, 0) > SLOW_CHILD_SECONDS;
    after.set(child, slow ? first : yield* readKinds(memory, child, 'with-own'));
  }
  return {
    path,
    wallSeconds: parent.wallSeconds,
    cpuSeconds: parent.cpuSeconds,
    parent: parent.kinds,
    childrenBefore: mapKnown(paths, () => sumOf(before)),
    childrenAfter: mapKnown(paths, () => sumOf(after)),
  };
}

interface TimedKinds {
  readonly wallSeconds: Maybe<number>;
  readonly cpuSeconds: Maybe<number>;
  readonly kinds: Maybe<ChargedKinds>;
}

function* readKinds(memory: MemoryHierarchy, path: string, own: 'with-own' | 'without-own'): Steps<TimedKinds> {
  const reading = yield* timed(`${folderOf(memory, path)}/memory.stat`);
  const untimed = missing('unsupported', 'this host does not time reads');
  const { wallSeconds, cpuSeconds } = reading.cost ?? { wallSeconds: untimed, cpuSeconds: untimed };
  const text = goneIfAbsent(textOf(reading));
  if (isMissing(text)) return { wallSeconds: text, cpuSeconds: text, kinds: text };
  return { wallSeconds, cpuSeconds, kinds: memory.version === 'v1' ? ofV1() : ofV2() };

  function ofV1(): Maybe<ChargedKinds> {
    return mapKnown(parseText(reading, parseMemoryStatV1), ({ total, local }): Maybe<ChargedKinds> => {
      const all = rowsOfV1(total);
      return own === 'with-own' ? all : less(all, rowsOfV1(local));
    });
  }

  // A v2 cgroup with children has no processes of its own (the "no internal processes" rule), but for the root.
  function ofV2(): Maybe<ChargedKinds> {
    return mapKnown(parseText(reading, parseMemoryStatV2), (stat): Maybe<ChargedKinds> => {
      const { inactiveAnonBytes, activeAnonBytes, inactiveFileBytes, activeFileBytes, anonBytes, fileBytes } = stat;
      return {
        anonListBytes: plus(inactiveAnonBytes, activeAnonBytes),
        fileListBytes: plus(inactiveFileBytes, activeFileBytes),
        anonBytes,
        unwrittenBytes: plus(stat.fileDirtyBytes, stat.fileWritebackBytes),
        cacheBytes: fileBytes,
        kmemBytes: isMissing(stat.kernelBytes) ? stat.slabBytes : stat.kernelBytes,
      };
    });
  }
}

interface RowsOfV1 {
  readonly inactiveAnonBytes: Maybe<number>;
  readonly activeAnonBytes: Maybe<number>;
  readonly inactiveFileBytes: Maybe<number>;
  readonly activeFileBytes: Maybe<number>;
  readonly rssBytes: Maybe<number>;
  readonly dirtyBytes: Maybe<number>;
  readonly writebackBytes: Maybe<number>;
  readonly cacheBytes: Maybe<number>;
}

function rowsOfV1(rows: RowsOfV1): ChargedKinds {
  return {
    anonListBytes: plus(rows.inactiveAnonBytes, rows.activeAnonBytes),
    fileListBytes: plus(rows.inactiveFileBytes, rows.activeFileBytes),
    anonBytes: rows.rssBytes,
    unwrittenBytes: plus(rows.dirtyBytes, rows.writebackBytes),
    cacheBytes: rows.cacheBytes,
    kmemBytes: missing('unsupported', 'memory.kmem.usage_in_bytes has it on v1'),
  };
}

/** The children's figures added up; one that went away meanwhile is not missed, any other hole makes no sum. */
function sumOf(children: ReadonlyMap<string, TimedKinds>): Maybe<ChargedKinds> {
  let sum: Maybe<ChargedKinds> = NOTHING;
  for (const { kinds } of children.values()) {
    if (isMissing(kinds) && kinds.unavailable === 'gone') continue;
    sum = bothKnown(sum, kinds, (a, b): Maybe<ChargedKinds> => eachKind((kind) => plus(a[kind], b[kind])));
    if (!isKnown(sum)) break;
  }
  return sum;
}

const NOTHING = eachKind(() => 0);

function less(all: ChargedKinds, part: ChargedKinds): ChargedKinds {
  return eachKind((kind) => bothKnown(all[kind], part[kind], (a, b) => a - b));
}

function eachKind(value: (kind: (typeof KINDS)[number]) => Maybe<number>): ChargedKinds {
  return {
    anonListBytes: value('anonListBytes'),
    fileListBytes: value('fileListBytes'),
    anonBytes: value('anonBytes'),
    unwrittenBytes: value('unwrittenBytes'),
    cacheBytes: value('cacheBytes'),
    kmemBytes: value('kmemBytes'),
  };
}

function plus(a: Maybe<number>, b: Maybe<number>): Maybe<number> {
  return bothKnown(a, b, (one, other) => one + other);
}
