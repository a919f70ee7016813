import type { Issue, Parsed } from '../../core/parsed.ts';
import { eachLine, issueOf, unreadable } from './text.ts';

/** One mounted file system. */
export interface Mount {
  readonly device: string;
  /** Where it is mounted, as the process whose file this is sees it. */
  readonly path: string;
  readonly fsType: string;
  readonly options: readonly string[];
}

/**
 * Parses `/proc/<pid>/mounts` (`/proc/mounts` is the reader's own) into the mounts in their order: a later one on the same
 * path hides an earlier one:
 *
 *     cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0
 *
 * Blank, tab, newline, backslash and, in new kernels, `#` are written as octal escapes such as `\040`.
 * https://man7.org/linux/man-pages/man5/proc_pid_mounts.5.html
 */
export function parseMounts(text: string): Parsed<readonly Mount[]> {
  const mounts: Mount[] = [];
  const issues: Issue[] = [];
  eachLine(text, (start, end, line, torn) => {
    if (start === end) return;
    const stood = text.slice(start, end);
    const [device, path, fsType, options, ...rest] = stood.split(' ');
    if (
      torn ||
      device === undefined ||
      !path?.startsWith('/') ||
      !fsType ||
      options === undefined ||
      rest.length !== 2
    ) {
      issues.push(issueOf(line, 'device, path, type, options, 0, 0', stood));
      return;
    }
    mounts.push({
      device: unescapedPath(device),
      path: unescapedPath(path),
      fsType,
      options: options.split(',').map(unescapedPath),
    });
  });
  if (mounts.length === 0) return unreadable('lines of device, path, type, options', text, issues);
  return { value: mounts, issues };
}

/** Undoes the octal escapes of a path in a mount table. */
export function unescapedPath(word: string): string {
  if (!word.includes('\\')) return word;
  return word.replaceAll(/\\([0-3][0-7]{2})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
