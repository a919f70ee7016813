import type { DropMode, DropRequest } from '../core/note.ts';

/** What a drop frees, in one line per mode. */
export const DROP_FREES: Readonly<Record<DropMode, string>> = {
  1: 'clean page cache',
  2: 'unused dentries and inodes',
  3: 'both: page cache, dentries and inodes',
};

/** The exact command that does the same in a shell. */
export function dropCommand({ mode, sync }: DropRequest): string {
  return `${sync ? 'sync; ' : ''}echo ${mode} > /proc/sys/vm/drop_caches`;
}

/**
 * What it costs. drop_caches(proc(5)) is for testing by the kernel's own documentation
 * (Documentation/admin-guide/sysctl/vm.rst); 12.1 s were measured at 30,000 dying cgroups on 4.4.155, cgroups were
 * released 2 to 8 s later, once 37 s.
 */
export function dropCosts({ mode, sync }: DropRequest): readonly string[] {
  const costs = [
    'The whole node is hit, every pod on it: caches are cold afterwards, and disks are busy until they are warm.',
    'It can take many seconds of CPU (12 s at 30,000 dying cgroups) and cannot be interrupted up to kernel 5.4.',
  ];
  if (mode !== 2) costs.push('All clean page cache goes: every file that is needed again is read from disk again.');
  if (mode !== 1)
    costs.push('It frees dying cgroups that dentries pin, some seconds later; not those pinned by tmpfs.');
  else costs.push('It frees dying cgroups that clean file pages pin; not those pinned by dentries or tmpfs.');
  costs.push(
    sync
      ? 'sync writes all dirty pages first, which can take long on slow disks.'
      : 'Dirty pages stay, and what they pin: sync first, if page cache is what pins.',
  );
  costs.push(
    'It is relief for a while, not a cure; the kernel advises against it outside testing. Nothing is promised.',
  );
  return costs;
}
