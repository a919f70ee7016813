import type { Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { rowsOf } from './rows.ts';
import { unreadable } from './text.ts';

/** What a process read and wrote since it began: counters. */
export interface PidIo {
  /** Through read calls, wherever from: kernel files such as `memory.stat` count too. */
  readonly rcharBytes: Maybe<number>;
  readonly readCalls: Maybe<number>;
}

/**
 * Parses `/proc/<pid>/io` and `/proc/<pid>/task/<tid>/io`:
 *
 *     syscr: 14
 *
 * https://man7.org/linux/man-pages/man5/proc_pid_io.5.html
 */
export function parsePidIo(text: string): Parsed<PidIo> {
  const rows = rowsOf(text, ':');
  if (rows.size === 0) return unreadable('rows such as "rchar: 1"', text);
  const value: PidIo = {
    rcharBytes: rows.count('rchar'),
    readCalls: rows.count('syscr'),
  };
  return { value, issues: rows.issues };
}
