import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { decimalOf, unreadable, wordsOf } from './text.ts';

/** How long the node has been up. */
export interface Uptime {
  /** Time in suspend included. */
  readonly uptimeSeconds: number;
}

/**
 * Parses `/proc/uptime`:
 *
 *     231.58 210.34
 *
 * https://man7.org/linux/man-pages/man5/proc_uptime.5.html
 */
export function parseUptime(text: string): Parsed<Uptime> {
  const [uptimeSeconds, idleSeconds] = wordsOf(text).slice(0, 2).map(decimalOf);
  if (uptimeSeconds === undefined || idleSeconds === undefined) return unreadable('seconds up, seconds idle', text);
  return { value: { uptimeSeconds }, issues: NO_ISSUES };
}
