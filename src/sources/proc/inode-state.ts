import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { countsOf, unreadable, wordsOf } from './text.ts';

/** The inodes that the kernel holds. */
export interface InodeState {
  readonly objects: number;
  /** Of those, not in use now. */
  readonly unused: number;
}

/**
 * Parses `/proc/sys/fs/inode-state`; the five numbers behind the first two are 0 on every kernel of today.
 *
 *     126609	0	0	0	0	0	0
 *
 * https://docs.kernel.org/admin-guide/sysctl/fs.html#inode-nr-inode-state
 */
export function parseInodeState(text: string): Parsed<InodeState> {
  const [objects, unused] = countsOf(wordsOf(text), 2) ?? [];
  if (objects === undefined || unused === undefined) return unreadable('seven counts', text);
  return { value: { objects, unused }, issues: NO_ISSUES };
}
