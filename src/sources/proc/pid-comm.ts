import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { unreadable } from './text.ts';

/**
 * Parses `/proc/<pid>/comm` and `/proc/<pid>/task/<tid>/comm`: `kubelet` and a newline, which is not part of the name.
 * A comm has at most 15 bytes, more for a kernel worker, and any character may stand in it, a newline too.
 * https://man7.org/linux/man-pages/man5/proc_pid_comm.5.html
 */
export function parsePidComm(text: string): Parsed<string> {
  if (text === '') return unreadable('a name', text);
  return { value: text.endsWith('\n') ? text.slice(0, -1) : text, issues: NO_ISSUES };
}
