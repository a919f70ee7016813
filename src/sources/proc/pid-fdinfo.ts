import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { rowsOf } from './rows.ts';
import { unreadable } from './text.ts';

/** One open file of a process, as far as it is the same for every kind of file. */
export interface PidFdinfo {
  /**
   * How far it was read. `read(2)` moves it when it returns: as long as the first read of a file is in the kernel it is
   * 0, and past 0 that read is over (measured on 4.4.155).
   */
  readonly positionBytes: Maybe<number>;
}

/**
 * Parses `/proc/<pid>/fdinfo/<fd>`:
 *
 *     pos:	4096
 *
 * https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html
 */
export function parsePidFdinfo(text: string): Parsed<PidFdinfo> {
  const rows = rowsOf(text, ':');
  if (rows.size === 0) return unreadable('rows such as "pos: 0"', text);
  return { value: { positionBytes: rows.count('pos') }, issues: rows.issues };
}
