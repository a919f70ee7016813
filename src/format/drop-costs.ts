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
    'It hits the whole node, every pod: caches are cold and disks busy until they are warm again.',
    'It can take seconds of CPU (12 s at 30,000 dying), and up to kernel 5.4 nothing interrupts it.',
  ];
  if (mode !== 2) costs.push('All clean page cache goes: files are read from disk again.');
  if (mode !== 1) costs.push('Frees dying cgroups that dentries pin, seconds later; not those that tmpfs pins.');
  else costs.push('Frees dying cgroups that clean file pages pin; not those that dentries or tmpfs pin.');
  costs.push(
    sync
      ? 'sync writes all dirty pages first: long on slow disks.'
      : 'Dirty pages stay, with what they pin: sync first, if page cache pins.',
  );
  costs.push('Relief for a while, no cure; the kernel documentation advises against it outside testing.');
  return costs;
}
