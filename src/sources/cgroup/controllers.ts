import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';

/**
 * Parses `cgroup.controllers`: the controllers that a v2 cgroup can use, for example `cpuset cpu io memory pids`, in
 * one line. A controller that a v1 hierarchy has taken, or that the kernel was started without, is not among them; an
 * empty line means that there is none.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (cgroup.controllers)
 */
export function parseControllers(text: string): Parsed<readonly string[]> {
  return { value: text.split(/\s/).filter((word) => word !== ''), issues: NO_ISSUES };
}
