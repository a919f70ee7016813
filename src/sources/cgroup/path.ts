import { type Maybe, missing } from '../../core/missing.ts';

/**
 * The cgroup that holds this one: `/kubepods` for `/kubepods/burstable`, `/` for `/kubepods`; `absent` for `/` itself.
 * Paths here are as `/proc/PID/cgroup` prints them: from the root of their hierarchy, no slash at the end.
 */
export function parentOf(path: string): Maybe<string> {
  if (path === '/') return missing('absent', 'the root cgroup has no parent');
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** How many steps a cgroup is below the root: 0 for `/`, 2 for `/kubepods/burstable`. */
export function depthOf(path: string): number {
  return path.split('/').filter((part) => part !== '').length;
}
