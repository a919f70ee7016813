import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { countsOf, unreadable, wordsOf } from './text.ts';

/** What the scheduler gave one thread since it began: three counters. */
export interface PidSchedstat {
  /** On a CPU. Exact, unlike the ticks of `stat`: it is what a read's CPU time is measured with. */
  readonly runSeconds: number;
  /** Ready to run, and waiting for a CPU. */
  readonly waitSeconds: number;
  /** How many times it was put on a CPU. */
  readonly slices: number;
}

/**
 * Parses `/proc/<pid>/schedstat` (main thread only), `/proc/<pid>/task/<tid>/schedstat`, `/proc/thread-self/schedstat`:
 *
 *     21265053765 12927565 16
 *
 * The first two are nanoseconds. A kernel built or booted without scheduler statistics answers `0 0 0`.
 * https://docs.kernel.org/scheduler/sched-stats.html
 */
export function parsePidSchedstat(text: string): Parsed<PidSchedstat> {
  const counts = countsOf(wordsOf(text), 3);
  const [run, wait, slices] = counts ?? [];
  if (run === undefined || wait === undefined || slices === undefined) {
    return unreadable('nanoseconds on a CPU, nanoseconds waiting, slices', text);
  }
  return { value: { runSeconds: run / 1e9, waitSeconds: wait / 1e9, slices }, issues: NO_ISSUES };
}
