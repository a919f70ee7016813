/** The hierarchy's own root, as paths of cgroups are written. */
export const ROOT_CGROUP = '/';

/** The files whose read may walk every dying memory cgroup. */
type TimedFile = 'memory.stat' | 'memory.numa_stat' | 'memory.usage_in_bytes';

/**
 * Whether it is the hierarchy's own root that this file was read of: what is read there has the cost of the whole node.
 * Who sees only a part of the hierarchy must ask that too (`seesOnlyPart`): a container's `/` is not the root.
 */
export function isRootRead(
  { path, file }: { readonly path?: unknown; readonly file?: unknown },
  of: TimedFile = 'memory.stat',
): boolean {
  return path === ROOT_CGROUP && file === of;
}
