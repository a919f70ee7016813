import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { countOf, decimalOf, unreadable, wordsOf } from './text.ts';

/** Threads that run, wait for a CPU or sleep uninterruptibly, averaged. */
export interface LoadAverage {
  readonly oneMinute: number;
  /** All threads. */
  readonly threads: number;
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
  const whole = [fiveMinutes, fifteenMinutes, runnable, countOf(words[4])].every((number) => number !== undefined);
  if (oneMinute === undefined || threads === undefined || !whole) {
    return unreadable('three averages, runnable/threads, the last pid', text);
  }
  return { value: { oneMinute, threads }, issues: NO_ISSUES };
}
