import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { countOf, unreadable, wordsOf } from './text.ts';

/**
 * What a thread is doing in the kernel.
 *
 * - `running`: on a CPU or ready for one; the kernel does not look into it then, so a thread that spends 9 s inside one
 *   read shows as running
 * - `blocked`: asleep, but not in a system call (a page fault, a signal)
 * - `syscall`: asleep in system call `number` (by the node's architecture: 202 is futex on x86-64) with six arguments
 *   in hexadecimal, as strings because they are 64 bit wide
 */
export type PidSyscall =
  | { readonly kind: 'running' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'syscall'; readonly number: number; readonly args: readonly string[] };

const ARGUMENTS = 6;

/**
 * Parses `/proc/<pid>/syscall` and `/proc/<pid>/task/<tid>/syscall`; the stack and program pointer at its end are
 * left out:
 *
 *     202 0xc000100148 0x80 0x0 0x0 0x0 0x0 0x7ffd3a2b1c58 0x46b2a3
 *
 * https://man7.org/linux/man-pages/man5/proc_pid_syscall.5.html
 */
export function parsePidSyscall(text: string): Parsed<PidSyscall> {
  const words = wordsOf(text);
  if (words[0] === 'running') return { value: { kind: 'running' }, issues: NO_ISSUES };
  if (words[0] === '-1') return { value: { kind: 'blocked' }, issues: NO_ISSUES };
  const number = countOf(words[0]);
  const args = words.slice(1, 1 + ARGUMENTS);
  if (number === undefined || args.length < ARGUMENTS || !args.every((arg) => /^0x[0-9a-f]{1,16}$/.test(arg))) {
    return unreadable('"running", -1, or a number and six arguments', text);
  }
  return { value: { kind: 'syscall', number, args }, issues: NO_ISSUES };
}
