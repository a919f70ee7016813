import { accessSync, constants, mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_PREFIX } from '../cleanup.ts';

/** Why this machine's kernel cannot be used for tests, to print beside a skip; undefined where it can. */
export function whyNoRealKernel(): string | undefined {
  if (process.platform !== 'linux') return `this is ${process.platform}, not Linux`;
  if (process.getuid?.() !== 0) return 'needs root: makes memory cgroups and drops caches';
  const memory = findHierarchy('memory');
  if (memory === undefined) return 'no cgroup v1 memory hierarchy in /proc/mounts';
  if (totalMemoryCgroups() === undefined) return '/proc/cgroups has no row for memory';
  try {
    const probe = join(memory, `${OWN_PREFIX}-probe`);
    mkdirSync(probe);
    rmdirSync(probe);
  } catch (error) {
    return `cannot make a cgroup in ${memory}: ${String(error)}`;
  }
  try {
    accessSync('/proc/sys/vm/drop_caches', constants.W_OK);
  } catch (error) {
    return `cannot drop caches: ${String(error)}`;
  }
  return undefined;
}

/** Why no process can be frozen here, to print beside a skip; undefined where it can. */
export function whyNoFreezer(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root: freezes a process';
  return findHierarchy('freezer') === undefined ? 'no cgroup v1 freezer hierarchy in /proc/mounts' : undefined;
}

/** Where a cgroup v1 controller is mounted according to `/proc/mounts`; undefined where it is not. */
export function findHierarchy(controller: 'memory' | 'freezer'): string | undefined {
  for (const line of readFileSync('/proc/mounts', 'utf8').split('\n')) {
    const [, where, type, options] = line.split(' ');
    if (type === 'cgroup' && options?.split(',').includes(controller)) return where;
  }
  return undefined;
}

/** Where the memory controller is mounted; throws where {@link whyNoRealKernel} has a reason. */
export function memoryHierarchy(): string {
  const memory = findHierarchy('memory');
  if (memory === undefined) throw new Error('no cgroup v1 memory hierarchy in /proc/mounts');
  return memory;
}

/** Column 3 of the row `memory` in `/proc/cgroups`: live and dying cgroups together, the root included. */
export function countMemoryCgroups(): number {
  const total = totalMemoryCgroups();
  if (total === undefined) throw new Error('/proc/cgroups has no row for memory');
  return total;
}

function totalMemoryCgroups(): number | undefined {
  const row = /^memory\t\d+\t(\d+)\t/m.exec(readFileSync('/proc/cgroups', 'utf8'));
  return row?.[1] === undefined ? undefined : Number(row[1]);
}
