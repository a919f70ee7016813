import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { countsOf, unreadable, wordsOf } from './text.ts';

/** The directory entries that the kernel caches. */
export interface DentryState {
  readonly objects: number;
  /** Not in use now: what `echo 2 > /proc/sys/vm/drop_caches` may free. Negative ones are among them. */
  readonly unused: number;
  /** Entries that remember that a name does not exist. `unsupported` on kernels that do not count them. */
  readonly negative: Maybe<number>;
}

/**
 * Parses `/proc/sys/fs/dentry-state`; `release` is the kernel's, because the file has six numbers on every kernel and
 * only the release tells what a 0 in the fifth means.
 *
 *     157361	155949	45	0	30591	0
 *
 * https://docs.kernel.org/admin-guide/sysctl/fs.html#dentry-state
 */
export function parseDentryState(text: string, release: Maybe<string>): Parsed<DentryState> {
  // The third and fourth are an age limit and a want of pages that no kernel of today uses.
  const [objects, unused, , , negative] = countsOf(wordsOf(text), 5) ?? [];
  if (objects === undefined || unused === undefined || negative === undefined) return unreadable('six counts', text);
  return { value: { objects, unused, negative: negativeOf(negative, release) }, issues: NO_ISSUES };
}

/**
 * Negative entries are counted from Linux 5.0 on, and some distributions took that into older kernels. So a count is
 * a count wherever it comes from, while a 0 before 5.0 says nothing: a node that has run one shell has negative
 * entries. How many are unused does not enter, or the answer would change after caches are dropped.
 */
function negativeOf(count: number, release: Maybe<string>): Maybe<number> {
  if (count > 0) return count;
  if (isMissing(release)) return missing('unsupported', '0, and the kernel release is not known');
  const major = Number(/^\d{1,3}/.exec(release)?.[0] ?? 0);
  return major >= 5 ? count : missing('unsupported', 'kernels before 5.0 do not count negative dentries');
}
