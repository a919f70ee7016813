import { isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { textOf } from '../core/reading.ts';
import type { Host } from '../host/host.ts';
import { parsePopulated } from '../sources/cgroup/cgroup-events.ts';
import { parseKubepodsPath } from '../sources/kubernetes/kubepods.ts';
import type { MemoryHierarchy } from './args.ts';
import { folderOf } from './page-counters.ts';
import { goneIfAbsent } from './parse-reading.ts';
import { type Folder, foldersBelow } from './walk-order.ts';

/** As many cgroups below one pod are asked on v1: a pod of many containers has a process in the first or second. */
const MOST_ASKED = 50;

/** The last part of a pod's path, so that the grammar is asked of few: it has the pod's uid and no container's id. */
const LIKE_A_POD = /[/-]pod[0-9a-fA-F_-]{32,36}(?:\.slice)?$/;

/**
 * Whether any process is in a pod's cgroup or below it; undefined for a cgroup that is no pod's. v2 says so in
 * `cgroup.events`. v1 has only the lists of each cgroup (`cgroup.procs`): the pod's own is read by the walk anyway, and
 * in a pod that runs the first container's has a process, so that a pod costs one read more in both.
 */
export function hasPodProcesses(
  host: Host,
  memory: MemoryHierarchy,
  path: string,
  own: Maybe<boolean>,
  children: readonly Folder[],
): Maybe<boolean> | undefined {
  if (!LIKE_A_POD.test(path)) return undefined;
  const parsed = parseKubepodsPath(path);
  if (parsed === 'not-kubernetes' || parsed.kind !== 'pod') return undefined;
  if (memory.version === 'v2') {
    const text = goneIfAbsent(textOf(host.read(`${folderOf(memory, path)}/cgroup.events`)));
    return mapKnown(text, (events): Maybe<boolean> => parsePopulated(events).value);
  }
  return isMissing(own) || own ? own : hasProcessesBelow(host, memory, children);
}

/** Depth first, until a process is found. */
function hasProcessesBelow(host: Host, memory: MemoryHierarchy, children: readonly Folder[]): Maybe<boolean> {
  const todo = [...children];
  let asked = 0;
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    asked += 1;
    if (asked > MOST_ASKED) return missing('partial', `more than ${MOST_ASKED} cgroups below one pod`);
    const processes = goneIfAbsent(textOf(host.read(`${folderOf(memory, next.path)}/cgroup.procs`)));
    if (isMissing(processes)) {
      if (processes.unavailable === 'gone') continue;
      return processes;
    }
    if (processes !== '') return true;
    const below = next.leaf ? [] : foldersBelow(host, memory, next.path);
    if (!isMissing(below)) todo.push(...below);
  }
  return false;
}
