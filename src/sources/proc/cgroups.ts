import { type Maybe, missing } from '../../core/missing.ts';
import type { Issue, Parsed } from '../../core/parsed.ts';
import { countOf, eachLine, issueOf, unreadable } from './text.ts';

/** One controller. */
export interface CgroupController {
  readonly name: string;
  /** The v1 hierarchy it is in; 0 where it is in none, so that cgroup v2 has it or nobody. */
  readonly hierarchy: number;
  /** Cgroups of its hierarchy, dying ones and the root included. For hierarchy 0 that is all of v2, for every controller. */
  readonly cgroups: number;
  /** False with `cgroup_disable=` on the kernel's command line. */
  readonly enabled: boolean;
}

/** The controllers of this kernel. */
export interface Cgroups {
  readonly controllers: readonly CgroupController[];
  /** `absent` on kernels built without CONFIG_MEMCG_V1: they leave the row out. */
  readonly memory: Maybe<CgroupController>;
}

/**
 * Parses `/proc/cgroups`:
 *
 *     memory	1	20082	1
 *
 * https://man7.org/linux/man-pages/man7/cgroups.7.html
 */
export function parseCgroups(text: string): Parsed<Cgroups> {
  const controllers: CgroupController[] = [];
  const issues: Issue[] = [];
  let memory: Maybe<CgroupController> = missing('absent', 'no row memory');
  eachLine(text, (start, end, line, torn) => {
    if (text.startsWith('#', start) || start === end) return;
    const stood = text.slice(start, end);
    const controller = torn ? undefined : controllerOf(stood.split('\t'));
    if (controller === undefined) {
      const issue = issueOf(line, 'name, hierarchy, cgroups, enabled', stood);
      issues.push(issue);
      if (stood.startsWith('memory')) memory = missing('malformed', issue.message);
      return;
    }
    controllers.push(controller);
    if (controller.name === 'memory') memory = controller;
  });
  if (controllers.length === 0 && !text.startsWith('#subsys_name')) {
    return { ...unreadable('"#subsys_name hierarchy num_cgroups enabled"', text), issues };
  }
  return { value: { controllers, memory }, issues };
}

function controllerOf(columns: readonly string[]): CgroupController | undefined {
  const [name, ...numbers] = columns;
  const [hierarchy, cgroups, enabled] = numbers.map(countOf);
  if (name === undefined || !/^\w+$/.test(name)) return undefined;
  if (hierarchy === undefined || cgroups === undefined || enabled === undefined) return undefined;
  return { name, hierarchy, cgroups, enabled: enabled !== 0 };
}
