import type { Issue, Parsed } from '../../core/parsed.ts';
import { countOf, eachLine, issueOf, unreadable } from './text.ts';

/** One controller. */
export interface ControllerRow {
  readonly name: string;
  /** The v1 hierarchy it is in; 0 where it is in none, so that cgroup v2 has it or nobody. */
  readonly hierarchy: number;
  /** Cgroups of its hierarchy, dying ones and the root included. For hierarchy 0 that is all of v2, for every controller. */
  readonly cgroups: number;
}

/**
 * Parses `/proc/cgroups` into one row per controller. Kernels built without CONFIG_MEMCG_V1 have no row `memory`:
 *
 *     memory	1	20082	1
 *
 * https://man7.org/linux/man-pages/man7/cgroups.7.html
 */
export function parseCgroups(text: string): Parsed<readonly ControllerRow[]> {
  const controllers: ControllerRow[] = [];
  const issues: Issue[] = [];
  eachLine(text, (start, end, line, torn) => {
    if (text.startsWith('#', start) || start === end) return;
    const stood = text.slice(start, end);
    const controller = torn ? undefined : controllerOf(stood.split('\t'));
    if (controller === undefined) issues.push(issueOf(line, 'name, hierarchy, cgroups, enabled', stood));
    else controllers.push(controller);
  });
  if (controllers.length === 0 && !text.startsWith('#subsys_name')) {
    return unreadable('"#subsys_name hierarchy num_cgroups enabled"', text, issues);
  }
  return { value: controllers, issues };
}

function controllerOf(columns: readonly string[]): ControllerRow | undefined {
  const [name, ...numbers] = columns;
  const [hierarchy, cgroups, enabled] = numbers.map(countOf);
  if (name === undefined || !/^\w+$/.test(name)) return undefined;
  if (hierarchy === undefined || cgroups === undefined || enabled === undefined) return undefined;
  return { name, hierarchy, cgroups };
}
