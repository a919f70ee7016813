import type { Issue, Parsed } from '../../core/parsed.ts';
import { unescapedPath } from './mounts.ts';
import { countOf, eachLine, issueOf, unreadable } from './text.ts';

/** Where a mount comes from inside its file system. */
export interface MountRoot {
  /** Where it is mounted, as the process whose file this is sees it. */
  readonly path: string;
  readonly fsType: string;
  /**
   * The folder of the file system that stands at `path`; `/` is its root. Of a cgroup mount it is told from the root of
   * the reader's cgroup namespace: `/` may be a container's own, and what lies above it begins with `/..`.
   */
  readonly root: string;
}

/**
 * Parses `/proc/<pid>/mountinfo`, of which only what `/proc/<pid>/mounts` does not have is taken:
 *
 *     510 500 0:35 /docker/23e60658 /sys/fs/cgroup/memory ro,relatime master:12 - cgroup cgroup rw,memory
 *
 * https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
 */
export function parseMountinfo(text: string): Parsed<readonly MountRoot[]> {
  const mounts: MountRoot[] = [];
  const issues: Issue[] = [];
  eachLine(text, (start, end, line, torn) => {
    if (start === end) return;
    const stood = text.slice(start, end);
    const [id = '', , , root, path, ...rest] = stood.split(' ');
    const fsType = rest[rest.indexOf('-') + 1];
    if (torn || countOf(id) === undefined || !root || !path?.startsWith('/') || !fsType) {
      issues.push(issueOf(line, 'id, parent, device, root, path, options, -, type', stood));
      return;
    }
    mounts.push({ path: unescapedPath(path), fsType, root: unescapedPath(root) });
  });
  if (mounts.length === 0) return unreadable('lines of id, parent, device, root, path', text, issues);
  return { value: mounts, issues };
}

/** The lines of a mountinfo that are of cgroup hierarchies: what other mounts name is not needed, and may be a secret. */
export function cgroupMountinfo(text: string): string {
  return text
    .split('\n')
    .filter((line) => line === '' || / - cgroup2? /.test(line))
    .join('\n');
}
