import type { GeneratedCgroup } from './generated-tree.ts';

/** Names and texts of the files of one cgroup. */
export type CgroupFiles = Readonly<Record<string, string>>;

/**
 * A cgroup as v1 shows it. `template` is a captured `memory.stat`, whose keys and order are kept; what is not set here
 * is 0. Only leaves have memory of their own, so that the local values of a parent are 0. The root's usage is its page
 * counter here, too.
 */
export function filesOfV1(cgroup: GeneratedCgroup, template: string): CgroupFiles {
  const { rssBytes, cacheBytes, kmemBytes } = cgroup;
  const isLeaf = cgroup.descendants === 0;
  const values: Record<string, number> = {
    hierarchical_memory_limit: 3_221_225_472,
    total_rss: rssBytes,
    total_cache: cacheBytes,
    total_active_anon: rssBytes,
    total_inactive_file: cacheBytes,
    ...(isLeaf && { rss: rssBytes, cache: cacheBytes, active_anon: rssBytes, inactive_file: cacheBytes }),
  };
  return {
    'memory.usage_in_bytes': `${rssBytes + cacheBytes + kmemBytes}\n`,
    'memory.kmem.usage_in_bytes': `${kmemBytes}\n`,
    'memory.stat': template.replace(/^(\S+) \d+$/gm, (_, key: string) => `${key} ${values[key] ?? 0}`),
    'cgroup.procs': '',
  };
}

/**
 * A cgroup as v2 shows it. Written by hand after Documentation/admin-guide/cgroup-v2.rst of Linux 6.12 (a shorter
 * `memory.stat` than the kernel's; keys and order are the kernel's), not captured.
 */
export function filesOfV2(cgroup: GeneratedCgroup, dying: number): CgroupFiles {
  const { rssBytes, cacheBytes, kmemBytes } = cgroup;
  const current = { 'memory.current': `${rssBytes + cacheBytes + kmemBytes}\n` };
  return {
    // The root has no memory.current: it is not a counter that the kernel keeps.
    ...(cgroup.path !== '' && current),
    'memory.stat': `anon ${rssBytes}
file ${cacheBytes}
kernel ${kmemBytes}
kernel_stack 0
pagetables 0
sec_pagetables 0
percpu 0
sock 0
vmalloc 0
shmem 0
file_mapped 0
file_dirty 0
file_writeback 0
swapcached 0
inactive_anon 0
active_anon ${rssBytes}
inactive_file ${cacheBytes}
active_file 0
unevictable 0
slab_reclaimable ${kmemBytes}
slab_unreclaimable 0
slab ${kmemBytes}
workingset_refault_anon 0
workingset_refault_file 0
pgfault 0
pgmajfault 0
`,
    'cgroup.stat': `nr_descendants ${cgroup.descendants}
nr_subsys_cpu ${cgroup.descendants + 1}
nr_subsys_memory ${cgroup.descendants + 1}
nr_dying_descendants ${dying}
nr_dying_subsys_cpu 0
nr_dying_subsys_memory ${dying}
`,
    'cgroup.procs': '',
    'cgroup.controllers': 'cpu memory pids\n',
  };
}
