import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';

/**
 * Parses `/proc/<pid>/cmdline` into the arguments of a process, the program's name first; a NUL ends each. Kernel threads
 * and zombies have none:
 *
 *     /usr/bin/kubelet\0--config=/var/lib/kubelet/config.yaml\0
 *
 * A process may overwrite it with anything, so nothing is malformed here. NULs at the end are taken for the padding that
 * such programs leave, never for empty arguments.
 * https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html
 */
export function parsePidCmdline(text: string): Parsed<readonly string[]> {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return { value: end === 0 ? [] : text.slice(0, end).split('\0'), issues: NO_ISSUES };
}
