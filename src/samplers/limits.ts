import { isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import type { Host } from '../host/host.ts';
import { parseCounter } from '../sources/cgroup/counter.ts';
import { parseMemoryEvents } from '../sources/cgroup/memory-events.ts';
import { parsePressure } from '../sources/proc/pressure.ts';
import type { MemoryHierarchy } from './args.ts';
import { folderOf } from './page-counters.ts';
import { goneIfAbsent, parseText } from './parse-reading.ts';

/** What a cgroup may use, and how often it came up against that. */
export interface Limits {
  /** `memory.limit_in_bytes` (v1) or `memory.max` (v2); `absent` where there is none. */
  readonly limitBytes: Maybe<number>;
  /** `memory.failcnt` (v1) or `max` of `memory.events` (v2): how often it was hit. */
  readonly limitFailures: Maybe<number>;
  /**
   * `memory.kmem.failcnt`; v1 only. The kernel's own allocations for its processes failed: "SLUB: Unable to allocate
   * memory on node -1" in the log is this.
   */
  readonly kmemFailures: Maybe<number>;
  /** `oom_kill` of `memory.events`; v2 only. */
  readonly oomKills: Maybe<number>;
  /** Share of the last minute in which one of its tasks waited for memory; v2 only. */
  readonly pressurePct: Maybe<number>;
}

const NO_LIMIT = missing('absent', 'no limit');
const V1_ONLY = missing('unsupported', 'cgroup v1 only');
const V2_ONLY = missing('unsupported', 'cgroup v2 only');

/** Reads a cgroup's limit and its failures: three small files, none of which walks anything. */
export function readLimits(host: Host, memory: MemoryHierarchy, path: string): Limits {
  const folder = folderOf(memory, path);
  const counter = (file: string): Maybe<number> => {
    const value = goneIfAbsent(parseText(host.read(`${folder}/${file}`), parseCounter));
    return value === 'max' ? NO_LIMIT : value;
  };
  if (memory.version === 'v1') {
    return {
      limitBytes: counter('memory.limit_in_bytes'),
      limitFailures: counter('memory.failcnt'),
      kmemFailures: counter('memory.kmem.failcnt'),
      oomKills: V2_ONLY,
      pressurePct: V2_ONLY,
    };
  }
  const events = goneIfAbsent(parseText(host.read(`${folder}/memory.events`), parseMemoryEvents));
  const pressure = parseText(host.read(`${folder}/memory.pressure`), parsePressure);
  return {
    limitBytes: counter('memory.max'),
    limitFailures: isMissing(events) ? events : events.max,
    kmemFailures: V1_ONLY,
    oomKills: isMissing(events) ? events : events.oomKill,
    pressurePct: mapKnown(pressure, ({ some }) => mapKnown(some, ({ avg60Pct }) => avg60Pct)),
  };
}
