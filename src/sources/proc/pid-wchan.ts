import { missing } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { unreadable } from './text.ts';

/**
 * Parses `/proc/<pid>/wchan` and `/proc/<pid>/task/<tid>/wchan` into the kernel function that a thread sleeps in:
 * `futex_wait_queue_me`, without a newline. `0` is `absent`: the thread does not sleep, or the kernel hides it from us.
 * https://man7.org/linux/man-pages/man5/proc_pid_wchan.5.html
 */
export function parsePidWchan(text: string): Parsed<string> {
  const symbol = text.trim();
  if (symbol === '0') return { value: missing('absent', 'not asleep, or hidden by the kernel'), issues: NO_ISSUES };
  if (!/^[\w.$]+$/.test(symbol)) return unreadable('the name of a kernel function, or 0', text);
  return { value: symbol, issues: NO_ISSUES };
}
