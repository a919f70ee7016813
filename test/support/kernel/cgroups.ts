import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atExit, leftoversOfTheDead, OWN_PREFIX, sleepSync } from '../cleanup.ts';
import { type Driver, inventedPod, type PodCgroups, podParents } from '../pod-cgroups.ts';
import { memoryHierarchy } from './hierarchy.ts';

let made = 0;

/**
 * A new memory cgroup right below the root of the hierarchy, in which a test makes its own; removed with all below it
 * at exit. What a killed test run left there is removed first.
 */
export function makeTestRoot(): string {
  for (const old of leftoversOfTheDead(memoryHierarchy())) removeCgroups(old);
  made += 1;
  const path = join(memoryHierarchy(), `${OWN_PREFIX}-${made}`);
  mkdirSync(path);
  atExit(() => removeCgroups(path));
  return path;
}

/** Makes `count` live cgroups named `live-0`, `live-1` ... below `parent`, and returns their paths. */
export function makeLiveCgroups(parent: string, count: number): string[] {
  const paths = Array.from({ length: count }, (_, n) => join(parent, `live-${n}`));
  for (const path of paths) mkdirSync(path);
  return paths;
}

/** The pods of {@link makePodTree}, with absolute paths. */
interface PodTree {
  /** The outermost cgroup, `kubepods` or `kubepods.slice`. */
  readonly root: string;
  readonly pods: readonly PodCgroups[];
}

/** Makes the cgroups that kubelet makes for `pods` pods of `containersPerPod` containers each, below `parent`. */
export function makePodTree(parent: string, driver: Driver, pods: number, containersPerPod: number): PodTree {
  const parents = podParents(driver).map((path) => join(parent, path));
  for (const path of parents) mkdirSync(path, { recursive: true });
  const tree = Array.from({ length: pods }, (_, n) => {
    const pod = inventedPod(driver, n, containersPerPod);
    return { ...pod, path: join(parent, pod.path), containers: pod.containers.map((path) => join(parent, path)) };
  });
  for (const pod of tree) for (const path of [pod.path, ...pod.containers]) mkdirSync(path);
  return { root: parents[0] ?? parent, pods: tree };
}

/**
 * Removes a cgroup and all below it, leaves first. Processes in one of them are moved to the root of the hierarchy; a
 * process that is ending keeps its cgroup busy for a moment, so removal is tried for two seconds.
 */
export function removeCgroups(path: string): void {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) removeCgroups(join(path, entry.name));
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      rmdirSync(path);
      return;
    } catch (error) {
      if (attempt === 40) throw error;
      moveProcesses(path);
      sleepSync(50);
    }
  }
}

function moveProcesses(path: string): void {
  const top = topOf(path);
  for (const pid of readFileSync(join(path, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean)) {
    if (existsSync(`/proc/${pid}`)) writeFileSync(join(top, 'cgroup.procs'), pid);
  }
}

/** The root of a v1 hierarchy is the outermost folder that has a `cgroup.procs`. */
function topOf(path: string): string {
  const above = dirname(path);
  return existsSync(join(above, 'cgroup.procs')) ? topOf(above) : path;
}
