import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { malformed } from '../text.ts';
import { indexNumberRows } from './number-rows.ts';

/** `memory.events` of a cgroup v2 cgroup: counters since it was made, those of its children included. */
export interface MemoryEvents {
  /** How often its use was about to go over `memory.max`. */
  readonly max: Maybe<number>;
  /** Processes that were killed for want of memory; `absent` before 4.13. */
  readonly oomKill: Maybe<number>;
}

/**
 * Parses `/sys/fs/cgroup/<cgroup>/memory.events`, for example `oom_kill 2`.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.events)
 */
export function parseMemoryEvents(text: string): Parsed<MemoryEvents> {
  const rows = indexNumberRows(text, 'memory.events');
  const value: MemoryEvents = { max: rows.take('max'), oomKill: rows.take('oom_kill') };
  if (rows.taken() === 0) return malformed(0, 'memory.events has no readable row');
  return { value, issues: rows.issues };
}
