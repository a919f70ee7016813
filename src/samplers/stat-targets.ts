import type { MonotonicSeconds } from '../core/clock.ts';
import { isRootRead } from '../core/root-cgroup.ts';
import { parseKubepodsPath } from '../sources/kubernetes/kubepods.ts';
import type { MemoryHierarchy } from './args.ts';
import type { StatTarget } from './stat-reads.ts';
import type { WalkRow } from './walk.ts';

/** Ancestors beyond these are read in turn with the leaves: every one of them can cost seconds. */
const MOST_ANCESTORS = 8;

/** Leaves are read a few at a time, so that waking the slow lane does not cost more than the reads. */
export const LEAVES_AT_ONCE = 5;

/**
 * Which files are timed, in which order. Ancestors first: their reads walk every dying cgroup below them (a
 * container's own stays under 1 ms at 30,000 dying, measured). The root comes every second time, so that its graph
 * has points; leaves go round robin.
 */
export class StatTargets {
  #ancestors: readonly StatTarget[] = [];
  #leaves: readonly string[] = [];
  #nextLeaf = 0;
  #readAt = new Map<string, MonotonicSeconds>();
  #absent = new Set<string>();

  /** Takes the cgroups of a new walk. */
  learn(memory: MemoryHierarchy, rows: readonly WalkRow[]): void {
    const parents = rows.filter((row) => row.path !== '/' && isAncestor(row)).map((row) => row.path);
    const chosen = parents.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)).slice(0, MOST_ANCESTORS - 1);
    const v1 = memory.version === 'v1';
    const files = (path: string): StatTarget[] => {
      const targets: StatTarget[] = [{ path, file: 'memory.stat' }];
      if (v1 && (path === '/' || isParentOfPods(path))) targets.push({ path, file: 'memory.numa_stat' });
      if (v1 && path === '/') targets.push({ path, file: 'memory.usage_in_bytes' });
      return targets;
    };
    this.#ancestors = ['/', ...chosen].flatMap(files);
    const kept = new Set(this.#ancestors.map(keyOf));
    for (const key of this.#readAt.keys()) if (!kept.has(key)) this.#readAt.delete(key);
    const taken = new Set(['/', ...chosen]);
    this.#leaves = rows.map((row) => row.path).filter((path) => !taken.has(path));
  }

  /** The ancestor's file that has waited longest; `undefined` before the first walk, or if none is `periodSeconds` old. */
  nextAncestor(now: MonotonicSeconds, periodSeconds: number): StatTarget | undefined {
    const due = this.#ancestors.filter((target) => this.#age(target, now) >= periodSeconds - 0.05);
    const urgency = (target: StatTarget) => this.#age(target, now) * (isRootRead(target) ? this.#ancestors.length : 1);
    return due.reduce<StatTarget | undefined>(
      (most, target) => (most === undefined || urgency(target) > urgency(most) ? target : most),
      undefined,
    );
  }

  /**
   * An ancestor that kubelet reads and that has not been read here: until then a sum over their times is only a part.
   * Its `memory.stat` alone, the root first.
   */
  nextUnread(): StatTarget | undefined {
    return this.#ancestors.find(
      (target) =>
        target.file === 'memory.stat' &&
        (target.path === '/' || isParentOfPods(target.path)) &&
        !this.#readAt.has(keyOf(target)) &&
        !this.#absent.has(keyOf(target)),
    );
  }

  /** The next few leaves in turn. */
  nextLeaves(): StatTarget[] {
    if (this.#nextLeaf >= this.#leaves.length) this.#nextLeaf = 0;
    const paths = this.#leaves.slice(this.#nextLeaf, this.#nextLeaf + LEAVES_AT_ONCE);
    this.#nextLeaf += LEAVES_AT_ONCE;
    return paths.map((path) => ({ path, file: 'memory.stat' }));
  }

  /** Whether a file is one of those that {@link nextAncestor} chooses from. */
  isAncestor({ path, file }: StatTarget): boolean {
    return this.#ancestors.some((target) => target.path === path && target.file === file);
  }

  /** Notes a read of an ancestor's file; one that this kernel does not have is not asked for again. */
  read(target: StatTarget, at: MonotonicSeconds, absent: boolean): void {
    if (this.isAncestor(target)) this.#readAt.set(keyOf(target), at);
    if (!absent || target.path !== '/') return;
    for (const each of this.#ancestors) if (each.file === target.file) this.#absent.add(keyOf(each));
  }

  #age(target: StatTarget, now: MonotonicSeconds): number {
    const key = keyOf(target);
    if (this.#absent.has(key)) return Number.NEGATIVE_INFINITY;
    const readAt = this.#readAt.get(key);
    return readAt === undefined ? Number.POSITIVE_INFINITY : now - readAt;
  }
}

function isAncestor(row: WalkRow): boolean {
  return row.children > 0 && (isParentOfPods(row.path) || row.path.lastIndexOf('/') === 0);
}

/** kubelet's root and its classes; by systemd's names a pod is a slice of `kubepods` too, and is none of them. */
function isParentOfPods(path: string): boolean {
  const parsed = parseKubepodsPath(path);
  return parsed !== 'not-kubernetes' && (parsed.kind === 'root' || parsed.kind === 'qos');
}

function rank(path: string): number {
  return isParentOfPods(path) ? path.split('/').length : 10;
}

function keyOf(target: StatTarget): string {
  return `${target.file} ${target.path}`;
}
