import type { Issue, Parsed } from '../../core/parsed.ts';
import { countAt, eachLine, issueOf, unreadable } from './text.ts';

/** Where a process sits in one hierarchy. */
export interface CgroupMembership {
  /** 0 is cgroup v2. */
  readonly hierarchy: number;
  /** The v1 controllers of the hierarchy; none for v2 and for a hierarchy that only has a name. */
  readonly controllers: readonly string[];
  /** `systemd` for `name=systemd`. */
  readonly name?: string;
  /**
   * Relative to the hierarchy's mount, with a leading `/`. Under a cgroup namespace a cgroup outside of it starts with
   * `/../`, once per level.
   */
  readonly path: string;
  /** The v2 cgroup was removed while the process, a zombie, is still in it; the kernel's ` (deleted)` is cut off. */
  readonly deleted: boolean;
}

/**
 * Parses `/proc/<pid>/cgroup` into the cgroups of a process, one per hierarchy, in the kernel's order:
 *
 *     4:memory:/kubepods/burstable/pod1b4e28ba-2fa1-11d2-883f-0016d3cca427
 *
 * A path may hold colons: only the first two cut.
 * https://man7.org/linux/man-pages/man7/cgroups.7.html
 */
export function parsePidCgroup(text: string): Parsed<readonly CgroupMembership[]> {
  const entries: CgroupMembership[] = [];
  const issues: Issue[] = [];
  eachLine(text, (start, end, line, torn) => {
    const stood = text.slice(start, end);
    const first = stood.indexOf(':');
    const second = stood.indexOf(':', first + 1);
    const hierarchy = countAt(stood, 0, first);
    if (torn || hierarchy === undefined || second <= first || stood.charAt(second + 1) !== '/') {
      issues.push(issueOf(line, 'hierarchy:controllers:/path and a newline', stood));
      return;
    }
    entries.push(entryOf(hierarchy, stood.slice(first + 1, second), stood.slice(second + 1)));
  });
  if (entries.length === 0) return unreadable('lines hierarchy:controllers:/path', text, issues);
  return { value: entries, issues };
}

const DELETED = ' (deleted)';
const NAMED = 'name=';

function entryOf(hierarchy: number, listed: string, shownPath: string): CgroupMembership {
  const words = listed.split(',').filter((word) => word !== '');
  const name = words.find((word) => word.startsWith(NAMED))?.slice(NAMED.length);
  const deleted = hierarchy === 0 && shownPath.endsWith(DELETED);
  return {
    hierarchy,
    controllers: words.filter((word) => !word.startsWith(NAMED)),
    ...(name === undefined ? {} : { name }),
    path: deleted ? shownPath.slice(0, -DELETED.length) : shownPath,
    deleted,
  };
}
