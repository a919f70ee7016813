import type { Maybe } from '../../core/missing.ts';
import { mapKnown } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { indexNumberRows } from './number-rows.ts';

/**
 * Parses `populated` of `/sys/fs/cgroup/<cgroup>/cgroup.events` (cgroup v2): whether any process is in the cgroup or
 * below it. https://docs.kernel.org/admin-guide/cgroup-v2.html
 */
export function parsePopulated(text: string): Parsed<boolean> {
  const rows = indexNumberRows(text, 'cgroup.events');
  const value: Maybe<boolean> = mapKnown(rows.take('populated'), (number): Maybe<boolean> => number > 0);
  return { value, issues: rows.issues };
}
