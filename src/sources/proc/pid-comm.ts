import type { Parsed } from '../../core/parsed.ts';
import { unreadable } from './text.ts';

/** The short name of a process or thread. */
export interface PidComm {
  /** At most 15 bytes for a process, more for a kernel worker; any character may stand in it, a newline too. */
  readonly comm: string;
}

/**
 * Parses `/proc/<pid>/comm` and `/proc/<pid>/task/<tid>/comm`: `kubelet` and a newline, which is not part of the name.
 * https://man7.org/linux/man-pages/man5/proc_pid_comm.5.html
 */
export function parsePidComm(text: string): Parsed<PidComm> {
  if (text === '') return unreadable('a name', text);
  return { value: { comm: text.endsWith('\n') ? text.slice(0, -1) : text }, issues: [] };
}
