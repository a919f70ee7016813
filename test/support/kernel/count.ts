import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countMemoryCgroups, memoryHierarchy } from './hierarchy.ts';

/** The folders of the memory hierarchy, its root included. A cgroup that goes away during the walk is not counted. */
export function countLiveCgroups(below = memoryHierarchy()): number {
  return childrenOf(below).reduce((sum, child) => sum + countLiveCgroups(child), 1);
}

/**
 * Dying memory cgroups of this machine: those that `/proc/cgroups` counts and that have no folder. The total is read
 * before and after the walk, and the walk is repeated while the two differ, twenty times at most: others use this
 * kernel too. A removed cgroup counts up to a second longer even where nothing pins it.
 */
export function dyingCgroups(): number {
  for (let attempt = 1; ; attempt += 1) {
    const before = countMemoryCgroups();
    const live = countLiveCgroups();
    const after = countMemoryCgroups();
    if (before === after || attempt === 20) return Math.max(0, after - live);
  }
}

/**
 * {@link dyingCgroups} once it has not moved for a second and a half, or after ten seconds on a machine where it never
 * rests: the count to compare with, as what was removed just before goes away late.
 */
export async function restingDyingCgroups(): Promise<number> {
  let last = dyingCgroups();
  let since = performance.now();
  const end = since + 10_000;
  while (performance.now() - since < 1500 && performance.now() < end) {
    await sleep(100);
    const now = dyingCgroups();
    if (now !== last) since = performance.now();
    last = now;
  }
  return last;
}

/** Asks `measure` every 50 ms until `until` likes the answer, and returns it; throws with the last answer otherwise. */
export async function settle<T>(
  measure: () => T | Promise<T>,
  { until, timeoutSeconds }: { until: (value: T) => boolean; timeoutSeconds: number },
): Promise<T> {
  const end = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const value = await measure();
    if (until(value)) return value;
    if (performance.now() > end) throw new Error(`not settled after ${timeoutSeconds} s, last ${String(value)}`);
    await sleep(50);
  }
}

function childrenOf(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(path, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
