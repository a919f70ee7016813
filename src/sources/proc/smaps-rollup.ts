import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { rowsOf } from './rows.ts';
import { unreadable } from './text.ts';

/** The memory of a process, summed over its mappings. */
export interface SmapsRollup {
  readonly rssBytes: Maybe<number>;
  /** Every page divided by the number of processes that map it: these can be added up over processes. */
  readonly pssBytes: Maybe<number>;
}

/**
 * Parses `/proc/<pid>/smaps_rollup` (Linux 4.14 and later); the line of addresses that comes first is not needed:
 *
 *     Pss:                 366 kB
 *
 * https://docs.kernel.org/filesystems/proc.html
 */
export function parseSmapsRollup(text: string): Parsed<SmapsRollup> {
  const rows = rowsOf(text, ':');
  if (rows.size === 0) return unreadable('rows such as "Pss: 1 kB"', text);
  return { value: { rssBytes: rows.bytes('Rss'), pssBytes: rows.bytes('Pss') }, issues: rows.issues };
}
