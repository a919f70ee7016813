import type { ItemFacts, KernelItem } from './items.ts';

/** The kernel matrix. The version explains; what was measured decides (see `reconcileKernel`). */
export const KERNEL_MATRIX: Readonly<Record<KernelItem, ItemFacts>> = {
  'memory.stat': {
    // [S] The series "memory.stat cost & correctness"; 205b20cc5a99, often quoted, is its first patch, a rename.
    fix: { release: [5, 2], commits: ['42a300353577'], origin: 'S' },
    mainline: [
      // [T] 4.4. One walk for each counter, and in each a sum over every possible CPU.
      {
        from: [0],
        status: 'affected',
        origin: 'T',
        says: 'walks every dying cgroup about 17 times and sums over all possible CPUs',
      },
      // [S] a983b5ebee57 and its two predecessors came to the 4.14 stable series with 4.14.214.
      {
        from: [4, 14, 214],
        status: 'affected',
        origin: 'S',
        says: 'walks every dying cgroup about 17 times, but no longer over all CPUs (a983b5ebee57, in stable)',
      },
      {
        from: [4, 15],
        status: 'affected',
        origin: 'K',
        says: 'walks every dying cgroup about 17 times and sums over all possible CPUs',
      },
      // [S] a983b5ebee57, early 2018; the release number is [K].
      {
        from: [4, 16],
        status: 'affected',
        origin: 'S',
        says: 'walks every dying cgroup about 17 times, but no longer over all CPUs (a983b5ebee57)',
      },
      // [S] 8de7ecc6483b, July 2018: its own words are "reduced the tree traversal to just one".
      { from: [4, 19], status: 'affected', origin: 'S', says: 'walks every dying cgroup once (8de7ecc6483b)' },
      // [T] 5.4 and 5.10.
      { from: [5, 2], status: 'fixed', origin: 'T', says: 'reads counters that are summed upwards as they change' },
      // [T] 5.15 to 6.12; 2d146aa3aa84 of April 2021 brought rstat [S].
      {
        from: [5, 13],
        status: 'fixed',
        origin: 'T',
        says: 'flushes rstat, under one global lock, and does not walk the dying',
      },
      // [T] 7.1.
      {
        from: [7, 1],
        status: 'fixed',
        origin: 'T',
        says: 'flushes rstat, under a lock per subsystem, and does not walk the dying',
      },
    ],
    rhel7: [
      // [T] 7.3 (-514) walks about 17 times, 7.9 (-1160) once; nothing between or after has the fix.
      {
        from: [0],
        status: 'affected',
        origin: 'T',
        says: 'walks every dying cgroup; 7.3 about 17 times, 7.9 still once: RHEL 7 was never fixed',
      },
    ],
    rhel8: [
      // [T] 8.1 (-147): one full walk; 25 to 36 ms at 20,000 dying [M], because its counters are per cgroup.
      {
        from: [0],
        status: 'affected',
        origin: 'T',
        says: 'walks every dying cgroup once, not over all CPUs',
        firstBuildsOnly: true,
      },
      {
        from: [148],
        status: 'unknown',
        origin: 'K',
        says: '-147 walks and -176 is reported fixed; builds between unverified',
      },
      // [S] "from -176" fits what was read on both sides; the exact build is not confirmed.
      { from: [176], status: 'fixed', origin: 'S', says: 'reported fixed from -176 on' },
      // [T] 8.3 (-240).
      { from: [240], status: 'fixed', origin: 'T', says: 'reads counters that are summed upwards as they change' },
    ],
  },
  'memory.numa_stat': {
    // [S] "memcg: optimize memory.numa_stat like memory.stat", mainline from 5.8-rc1.
    fix: { release: [5, 8], commits: ['dd8657b6c1cb'], origin: 'S' },
    mainline: [
      // [S] "memcg: support hierarchical memory.numa_stats" is of September 2013; that it came with 3.13 is [K].
      { from: [0], status: 'fixed', origin: 'K', says: 'has no hierarchical lines yet, so there is nothing to walk' },
      // [T] 4.4 and 5.4: the fix of memory.stat in 5.2 left this file out.
      { from: [3, 13], status: 'affected', origin: 'T', says: 'walks every dying cgroup for each hierarchical line' },
      // [T] 5.10.
      { from: [5, 8], status: 'fixed', origin: 'T', says: 'reads counters that are summed upwards as they change' },
    ],
    rhel7: [
      // [T] 7.9 is flat; that older builds are too is inferred: a vendor does not take such lines out again.
      { from: [0], status: 'fixed', origin: 'K', says: 'has no hierarchical lines, so there is nothing to walk' },
      { from: [1160], status: 'fixed', origin: 'T', says: 'has no hierarchical lines, so there is nothing to walk' },
    ],
    rhel8: [
      // [T] 8.1 (-147) and 8.3 (-240).
      {
        from: [0],
        status: 'affected',
        origin: 'T',
        says: 'walks every dying cgroup for each hierarchical line, even where memory.stat is fixed',
        firstBuildsOnly: true,
      },
      { from: [241], status: 'unknown', origin: 'K', says: '-240 walks; later builds of RHEL 8 unverified' },
    ],
  },
  'memory.usage_in_bytes': {
    // [S] The same patch takes the walk out of mem_cgroup_usage() for the root (its diff shows it).
    fix: { release: [5, 2], commits: ['42a300353577'], origin: 'S' },
    mainline: [
      // [M] 4.4: 289 ms at 10,000 dying and 64 possible CPUs. The root has no counter of its own on v1.
      { from: [0], status: 'affected', origin: 'M', says: 'adds up every dying cgroup to answer for the root' },
      { from: [5, 2], status: 'fixed', origin: 'S', says: 'answers for the root from summed counters' },
    ],
    rhel7: [
      // [K] 3.10 walks, and the patch that ended it is the one that RHEL 7.9 does not have [T].
      { from: [0], status: 'affected', origin: 'K', says: 'adds up every dying cgroup to answer for the root' },
    ],
    rhel8: [
      // [K] Inferred from memory.stat: one patch fixes both files.
      {
        from: [0],
        status: 'affected',
        origin: 'K',
        says: 'adds up every dying cgroup to answer for the root',
        firstBuildsOnly: true,
      },
      {
        from: [148],
        status: 'unknown',
        origin: 'K',
        says: '-147 lacks the fix of memory.stat, -240 has it; this file unverified',
      },
      {
        from: [240],
        status: 'fixed',
        origin: 'K',
        says: 'answers for the root from summed counters, by the patch that fixed memory.stat',
      },
    ],
  },
  slab: {
    // [S] 5.3 reparents a dead cgroup's caches; bf4f059954dc in 5.9 charges single objects (obj_cgroup).
    fix: { release: [5, 3], commits: ['fb2f2b0adb98', 'bf4f059954dc'], origin: 'S' },
    mainline: [
      // [T] 4.4; all of 500 dead containers were released by drop_caches mode 2 on 4.4.155 [M].
      { from: [0], status: 'affected', origin: 'T', says: 'dentries and other objects keep their dead cgroup alive' },
      // [T] 5.4.
      { from: [5, 3], status: 'fixed', origin: 'T', says: 'a dead cgroup hands its slab caches to its parent' },
      // [T] 5.10.
      {
        from: [5, 9],
        status: 'fixed',
        origin: 'T',
        says: 'objects are charged through obj_cgroup, which a dead cgroup hands to its parent',
      },
    ],
    rhel7: [
      // [T] 7.3 and 7.9.
      { from: [0], status: 'affected', origin: 'T', says: 'dentries and other objects keep their dead cgroup alive' },
    ],
    rhel8: [
      {
        from: [0],
        status: 'unknown',
        origin: 'K',
        says: '4.18 itself pins; the backport is in -147, and earlier builds unverified',
      },
      // [T] 8.1 (-147), and there negative dentries never pinned a cgroup [M].
      {
        from: [147],
        status: 'fixed',
        origin: 'T',
        says: 'a dead cgroup hands its slab caches to its parent (backport)',
      },
    ],
  },
  'page-cache': {
    // [T] Read in 7.1; the commits are not recorded in what was read.
    fix: { release: [7, 1], commits: [], origin: 'T' },
    // [K] The change rests on obj_cgroup and folios, so that nobody carries it onto an old base; on a recent one a
    // vendor might.
    portableFrom: [6, 12],
    mainline: [
      // [T] 4.4, 5.4, 5.10, 5.15, 6.12.
      { from: [0], status: 'affected', origin: 'T', says: 'file and tmpfs pages keep their dead cgroup alive' },
      { from: [7, 1], status: 'fixed', origin: 'T', says: 'a dead cgroup hands its pages to its parent' },
    ],
    rhel7: [{ from: [0], status: 'affected', origin: 'T', says: 'file and tmpfs pages keep their dead cgroup alive' }],
    rhel8: [{ from: [0], status: 'affected', origin: 'T', says: 'file and tmpfs pages keep their dead cgroup alive' }],
  },
  'memcg-ids': {
    // [K] 4.8. A list of upstream commits by first release says 4.7, hence the unknown row for that series.
    fix: { release: [4, 8], commits: ['73f576c04b94'], origin: 'K' },
    mainline: [
      {
        from: [0],
        status: 'affected',
        origin: 'K',
        says: 'an id lives as long as its css, so 65,535 dying cgroups use them up',
      },
      // [S] The fix was marked for the stable series from 3.19 on; which of them took it when was not read.
      {
        from: [3, 19],
        status: 'unknown',
        origin: 'S',
        says: 'the fix was marked for stable from 3.19 on; whether this one has it is unverified',
      },
      // [T] 4.4.155 has private ids.
      {
        from: [4, 4, 155],
        status: 'fixed',
        origin: 'T',
        says: 'ids are private and given back when the cgroup goes offline',
      },
      {
        from: [4, 5],
        status: 'unknown',
        origin: 'S',
        says: 'the fix was marked for stable from 3.19 on; whether this one has it is unverified',
      },
      {
        from: [4, 8],
        status: 'fixed',
        origin: 'K',
        says: 'ids are private and given back when the cgroup goes offline',
      },
    ],
    rhel7: [
      // [T] 7.3 (-514); up to -916 by the package changelog, which has the fix in -917 [S].
      {
        from: [0],
        status: 'affected',
        origin: 'T',
        says: 'an id lives as long as its css, so 65,535 dying cgroups use them up',
        firstBuildsOnly: true,
      },
      {
        from: [917],
        status: 'fixed',
        origin: 'S',
        says: 'ids are private and given back when the cgroup goes offline (package changelog)',
      },
      // [T] 7.9; 68,680 dying cgroups were seen in the wild.
      {
        from: [1160],
        status: 'fixed',
        origin: 'T',
        says: 'ids are private and given back when the cgroup goes offline',
      },
    ],
    // [T] 4.18 and later have private ids.
    rhel8: [
      { from: [0], status: 'fixed', origin: 'T', says: 'ids are private and given back when the cgroup goes offline' },
    ],
  },
};
