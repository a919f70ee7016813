import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { countOf, decimalOf, unreadable, wordsOf } from './text.ts';

/** Threads that run, wait for a CPU or sleep uninterruptibly, averaged. */
export interface LoadAverage {
  readonly oneMinute: number;
  readonly fiveMinutes: number;
  readonly fifteenMinutes: number;
  /** Threads that run or could run at this moment. */
  readonly runnable: number;
  /** All threads. */
  readonly threads: number;
  /** The last pid given away in the reader's pid namespace. */
  readonly lastPid: number;
}

/**
 * Parses `/proc/loadavg`:
 *
 *     2.59 1.22 0.49 5/166 18733
 *
 * https://man7.org/linux/man-pages/man5/proc_loadavg.5.html
 */
export function parseLoadavg(text: string): Parsed<LoadAverage> {
  const words = wordsOf(text);
  const [oneMinute, fiveMinutes, fifteenMinutes] = words.slice(0, 3).map(decimalOf);
  const [runnable, threads] = (words[3] ?? '').split('/').map(countOf);
  const lastPid = countOf(words[4]);
  if (
    oneMinute === undefined ||
    fiveMinutes === undefined ||
    fifteenMinutes === undefined ||
    runnable === undefined ||
    threads === undefined ||
    lastPid === undefined
  ) {
    return unreadable('three averages, runnable/threads, the last pid', text);
  }
  return { value: { oneMinute, fiveMinutes, fifteenMinutes, runnable, threads, lastPid }, issues: NO_ISSUES };
}
