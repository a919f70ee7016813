import { isMissing } from '../../core/missing.ts';
import type { Issue, Parsed } from '../../core/parsed.ts';
import { wholeNumber } from '../text.ts';

/**
 * Parses `cgroup.procs`: the processes of one cgroup, one pid a line, in no promised order and possibly twice (a
 * process that moved while the file was read). 0 stands for a process outside the reader's pid namespace. An empty file
 * is a cgroup without processes, not an error.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (cgroup.procs)
 */
export function parseCgroupProcs(text: string): Parsed<readonly number[]> {
  const pids: number[] = [];
  const issues: Issue[] = [];
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    if (line === '') return;
    const pid = wholeNumber(line);
    const torn = index === lines.length - 1;
    if (isMissing(pid)) issues.push({ line: index + 1, message: `pid: ${pid.detail}` });
    else if (pid < 0) issues.push({ line: index + 1, message: `expected a pid, got ${pid}` });
    else if (torn) issues.push({ line: index + 1, message: `the text ends inside a pid, after ${pid}` });
    else pids.push(pid);
  });
  return { value: pids, issues };
}
