import type { Parsed } from '../../core/parsed.ts';

/** The arguments of a process, the program's name first. Empty for kernel threads and zombies. */
export interface PidCmdline {
  readonly argv: readonly string[];
}

/**
 * Parses `/proc/<pid>/cmdline`, where a NUL ends each argument:
 *
 *     /usr/bin/kubelet\0--config=/var/lib/kubelet/config.yaml\0
 *
 * A process may overwrite it with anything, so nothing is malformed here. NULs at the end are taken for the padding that
 * such programs leave, never for empty arguments.
 * https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html
 */
export function parsePidCmdline(text: string): Parsed<PidCmdline> {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return { value: { argv: end === 0 ? [] : text.slice(0, end).split('\0') }, issues: [] };
}
