import { type Maybe, missing } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { unreadable } from './text.ts';

/** Where in the kernel a thread sleeps. */
export interface PidWchan {
  /** The kernel function; `absent` where the thread does not sleep, or where the kernel hides it from us: both are `0`. */
  readonly sleepsIn: Maybe<string>;
}

/**
 * Parses `/proc/<pid>/wchan` and `/proc/<pid>/task/<tid>/wchan`: `futex_wait_queue_me`, without a newline.
 * https://man7.org/linux/man-pages/man5/proc_pid_wchan.5.html
 */
export function parsePidWchan(text: string): Parsed<PidWchan> {
  const symbol = text.trim();
  if (symbol === '0')
    return { value: { sleepsIn: missing('absent', 'not asleep, or hidden by the kernel') }, issues: [] };
  if (!/^[\w.$]+$/.test(symbol)) return unreadable('the name of a kernel function, or 0', text);
  return { value: { sleepsIn: symbol }, issues: [] };
}
