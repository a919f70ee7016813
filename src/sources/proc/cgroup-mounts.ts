import { type Maybe, missing } from '../../core/missing.ts';
import type { Mount } from './mounts.ts';

/** Where the cgroup hierarchies are mounted. */
export interface CgroupMounts {
  /** Where the memory controller lives. */
  readonly memory: { readonly version: 'v1' | 'v2'; readonly path: string };
  /** The cgroup v2 mount, where there is one. */
  readonly v2Path?: string;
  /** True where v1 hierarchies and v2 are mounted side by side, as systemd does in its hybrid mode. */
  readonly hybrid: boolean;
  /** The v1 hierarchies; `name=systemd` counts as a controller here. */
  readonly v1: readonly { readonly controllers: readonly string[]; readonly path: string }[];
}

/**
 * Finds from a mount table where the memory controller lives: a v1 mount with the option `memory`, otherwise the v2
 * mount, as a controller that no v1 hierarchy has taken belongs to v2. `absent` where there is neither. Of several
 * mounts of one hierarchy (containers have their own) the one mounted first counts.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html#mounting
 */
export function cgroupMountsOf(mounts: readonly Mount[]): Maybe<CgroupMounts> {
  const v2Path = mounts.find((mount) => mount.fsType === 'cgroup2')?.path;
  const v1 = mounts
    .filter((mount) => mount.fsType === 'cgroup')
    .map((mount) => ({ controllers: mount.options.filter(isController), path: mount.path }));
  const memoryV1 = v1.find((hierarchy) => hierarchy.controllers.includes('memory'));
  const hybrid = v1.length > 0 && v2Path !== undefined;
  const both = v2Path === undefined ? { hybrid, v1 } : { v2Path, hybrid, v1 };
  if (memoryV1 !== undefined) return { memory: { version: 'v1', path: memoryV1.path }, ...both };
  if (v2Path !== undefined) return { memory: { version: 'v2', path: v2Path }, ...both };
  return missing('absent', 'no cgroup mount has the memory controller');
}

const CONTROLLERS: ReadonlySet<string> = new Set([
  'blkio',
  'cpu',
  'cpuacct',
  'cpuset',
  'debug',
  'devices',
  'freezer',
  'hugetlb',
  'memory',
  'misc',
  'net_cls',
  'net_prio',
  'perf_event',
  'pids',
  'rdma',
]);

/** The options of a mount are controllers, a name, and switches such as `rw` and `xattr`, all in one list. */
function isController(option: string): boolean {
  return CONTROLLERS.has(option) || option.startsWith('name=');
}
