import { NOISE_BYTES } from '../core/noise.ts';

/** What findings are compared with. Configuration may override each; the defaults say where they come from. */
export interface Thresholds {
  /** Dying memory cgroups from which on it is worth a warning. */
  readonly dyingWarning: number;
  /** From which on it is critical where reads are slow too. */
  readonly dyingCritical: number;
  /** Share of all memory cgroups that are dying, in percent: below it even many are the node's own turnover. */
  readonly dyingSharePct: number;
  /** Time of one read of `memory.stat`, `memory.numa_stat` or the root's usage. */
  readonly readWarningSeconds: number;
  readonly readCriticalSeconds: number;
  /** Share of kubelet's system CPU that the reads must explain to be called its cause, in percent. */
  readonly attributionPct: number;
  /** kubelet's system CPU below this is nothing to explain, in percent of one core. */
  readonly kubeletSystemPct: number;
  /** And from here on it hurts whatever else runs on the node. */
  readonly kubeletSystemCriticalPct: number;
  /** Part of kubelet's CPU time that is in the kernel, in percent. */
  readonly kubeletKernelSharePct: number;
  /** A process beside kubelet is busy from here on, in percent of one core. */
  readonly neighbourCpuPct: number;
  /** A core is saturated from here on, in percent. */
  readonly coreBusyPct: number;
  /** The machine looks idle below this, in percent of all cores. */
  readonly nodeIdlePct: number;
  /** Part of all slab that is dentries, in percent. */
  readonly dentrySharePct: number;
  /** Slab is nobody's trouble below this, or below that part of the node's memory (in percent) on a small node. */
  readonly slabBytes: number;
  readonly slabMemoryPct: number;
  /** Part of all dentries that are negative, in percent, and how many they must be. */
  readonly negativeSharePct: number;
  readonly negativeDentries: number;
  /** Growth of slab per day, as a part of the node's memory, in percent. */
  readonly slabGrowthPctPerDay: number;
  /** Part of the node's memory that is unreclaimable slab, one slab cache, or per-CPU data, in percent. */
  readonly outOfProportionPct: number;
  /** Part of the 65,535 memcg ids in use, in percent. */
  readonly memcgIdsPct: number;
  readonly memcgIdsCriticalPct: number;
  /** Counted cgroups of another hierarchy, as a multiple of the live memory cgroups. */
  readonly otherHierarchyTimes: number;
  /** And at least so many more than live ones. */
  readonly otherHierarchyCount: number;
  /** Live cgroups from which on the count itself is suspicious. */
  readonly liveCgroups: number;
  /** Pods without a process for five minutes: so many are left over. */
  readonly leftoverPods: number;
  /** So many without one at once are no start and no end of pods. */
  readonly emptyPodsAtOnce: number;
  /** cgroups created or removed per minute below one parent. */
  readonly churnPerMinute: number;
  /** Share of the last minute in which some task waited for memory, in percent. */
  readonly memoryPressurePct: number;
  /** Memory that is left, in percent, where the kernel does not measure pressure. */
  readonly memoryLeftPct: number;
  /** Share of a profile that a lookalike must have to be called a cause, in percent. */
  readonly lookalikeSharePct: number;
  /** One slab cache this large stands out. */
  readonly cacheBytes: number;
  /** This much held by the dying below one parent stands out. */
  readonly heldBytes: number;
  /** A memory file that a process has open at so many of the looks of the last minute, in percent. */
  readonly heldOpenWarningPct: number;
  readonly heldOpenCriticalPct: number;
  /** Less than this held by the dying below one parent is rounding: "cannot tell". */
  readonly noiseBytes: number;
}

/** The thresholds that hold where nobody says otherwise. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  // A healthy node of 110 pods has a few hundred live cgroups and some tens dying; on 4.4.155 a read is 174 ms at 994
  // dying and 0.9 s at 4,986 (measured in an emulator, 64 possible CPUs).
  dyingWarning: 1000,
  dyingCritical: 5000,
  // After a burst of finished jobs half of all cgroups may be dying for a second; 1,000 dying on 5,000 live is turnover.
  dyingSharePct: 50,
  // A healthy read is under 25 ms even in the emulator; at 0.1 s and a read every 10 s per cgroup it is 1 % of a core
  // for each ancestor. 1 s is where the incident is: kubelet reads several ancestors every 10 s.
  readWarningSeconds: 0.1,
  readCriticalSeconds: 1,
  // Half: with less, something else is the larger part.
  attributionPct: 50,
  // The incident has 89 % of a core; kubelet on a healthy node is at a few percent in all.
  kubeletSystemPct: 20,
  // Half a core is more than what kubelet is given by any usual system reservation for it alone.
  kubeletSystemCriticalPct: 50,
  // Parsing and garbage collection are user time: a kubelet that computes has more user than system time.
  kubeletKernelSharePct: 70,
  // PID 1 stood at 80 to 85 % in storms of mounts (systemd issue 16728), which is less than a full core.
  neighbourCpuPct: 75,
  coreBusyPct: 90,
  nodeIdlePct: 50,
  // The incident: 11.2 of 14.8 GiB, and 75 % in the reproduction.
  dentrySharePct: 50,
  // Below a gibibyte slab is a node's usual size (56 MiB to 1.25 GiB in the reproduction).
  slabBytes: 1024 ** 3,
  slabMemoryPct: 10,
  // Red Hat's fs.negative-dentry-limit was made for nodes where negative dentries are most of all dentries.
  negativeSharePct: 50,
  negativeDentries: 1_000_000,
  // At 10 % of memory a day the node is out of memory within days, not within months.
  slabGrowthPctPerDay: 10,
  // 1 % on the captured healthy node and 5 % in its incident, with 20,000 dying; public reports have 56 % (2.25 of 4 GiB),
  // 60 % and 97 % (109 GiB of one cache).
  outOfProportionPct: 10,
  // The kernel refuses mkdir at 65,535 (MEM_CGROUP_ID_MAX); half is the time to act.
  memcgIdsPct: 50,
  memcgIdsCriticalPct: 90,
  otherHierarchyTimes: 2,
  otherHierarchyCount: 1000,
  // 110 pods of a few containers each are some 500; 250 pods of the largest nodes some 1,500.
  liveCgroups: 3000,
  // kubelet tries to remove each every 2 s: 1,160 of them took a whole core in a public report, so that ten take 1 %.
  leftoverPods: 10,
  // kubelet's own limit of pods on a node: not even a drain ends more in one moment.
  emptyPodsAtOnce: 110,
  // A crash loop at kubelet's longest back-off of 5 minutes is 0.4 a minute; one CronJob every minute is 4 to 6.
  churnPerMinute: 10,
  // Some waiting for a tenth of the time is what the pressure documentation's examples react to.
  memoryPressurePct: 10,
  // kubelet evicts below 100 MiB by default, which is 5 % of the smallest nodes.
  memoryLeftPct: 5,
  // In a healthy profile of kubelet no single one of them stands out.
  lookalikeSharePct: 30,
  // More than any healthy node of the captures has in one.
  cacheBytes: 512 * 1024 ** 2,
  // 249 MB were structures alone on RHEL 8.1 (measured).
  heldBytes: 128 * 1024 ** 2,
  // A quick read is seen at no look; one seen at half of them is read all the time, or never closed.
  heldOpenWarningPct: 10,
  heldOpenCriticalPct: 50,
  noiseBytes: NOISE_BYTES,
};
