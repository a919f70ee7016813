/**
 * A stretch of kubelet's work that a profile can be asked about. Functions are named by suffix, because the part
 * before it differs: `k8s.io/kubernetes/vendor/...` in old builds, none since the vendor folder is gone, k3s and other
 * forks in between. `type.*` stands for all methods of a type.
 */
export interface CodePath {
  readonly id: CodePathId;
  /** `cause`: the work that slow `memory.stat` reads show up in. `lookalike`: other work that makes kubelet hot. */
  readonly kind: 'cause' | 'lookalike';
  readonly suffixes: readonly string[];
}

/** The names of all code paths, outermost first where one contains the other. */
export type CodePathId =
  | 'housekeeping'
  | 'container-stats'
  | 'cgroup-stats'
  | 'memory-stats'
  | 'numa-stat'
  | 'kernel-memory-stat'
  | 'memory-counters'
  | 'blkio-stats'
  | 'process-stats'
  | 'disk-usage'
  | 'pod-specs'
  | 'pod-relist'
  | 'pod-cleanup'
  | 'metrics-scrape'
  | 'garbage-collection'
  | 'scheduler';

/**
 * Where the names are from: the causes are the ones documented for kubelet's profile, `cadvisor/lib/...` (the split
 * module of 2025) among them; `fs.(*manager)`, `processStatsFromProcs`, `updateSpec`, `relist`, `HandlePodCleanups`
 * and the runtime's stand in the captured profile of 1.20.2 (others of runc had `fs.(*Manager)`); `statMemory` and
 * `getMemoryDataV2` were read in runc, `realFsHandler` and its `GetDirUsage` calls in cAdvisor. The remaining
 * lookalikes are common knowledge, not confirmed in a profile: a wrong one never matches.
 */
export const CODE_PATHS: readonly CodePath[] = [
  {
    id: 'housekeeping',
    kind: 'cause',
    suffixes: [
      'cadvisor/manager.(*containerData).housekeeping',
      'cadvisor/manager.(*containerData).housekeepingTick',
      'cadvisor/manager.(*containerData).updateStats',
      'cadvisor/lib/manager.(*containerData).housekeeping',
      'cadvisor/lib/manager.(*containerData).housekeepingTick',
      'cadvisor/lib/manager.(*containerData).updateStats',
    ],
  },
  {
    id: 'container-stats',
    kind: 'cause',
    suffixes: ['container/libcontainer.(*Handler).GetStats', 'container/raw.(*rawContainerHandler).GetStats'],
  },
  {
    id: 'cgroup-stats',
    kind: 'cause',
    suffixes: [
      'cgroups/fs.(*Manager).GetStats',
      'cgroups/fs.(*manager).GetStats',
      'cgroups/fs2.(*Manager).GetStats',
      'cgroups/fs2.(*manager).GetStats',
      'cgroups/systemd.(*legacyManager).GetStats',
      'cgroups/systemd.(*LegacyManager).GetStats',
      'cgroups/systemd.(*unifiedManager).GetStats',
      'cgroups/systemd.(*UnifiedManager).GetStats',
    ],
  },
  {
    // Reads memory.stat, memory.numa_stat and the usage counters of one cgroup.
    id: 'memory-stats',
    kind: 'cause',
    suffixes: ['cgroups/fs.(*MemoryGroup).GetStats', 'cgroups/fs2.statMemory'],
  },
  {
    // Seen by perf only: what the kernel runs for memory.stat and memory.numa_stat, of either version (mm/memcontrol.c).
    id: 'kernel-memory-stat',
    kind: 'cause',
    suffixes: ['memcg_stat_show', 'memory_stat_show', 'memcg_numa_stat_show', 'memory_numa_stat_show'],
  },
  { id: 'numa-stat', kind: 'cause', suffixes: ['cgroups/fs.getPageUsageByNUMA'] },
  {
    // memory.usage_in_bytes and its kin: at the root of v1 the usage walks all cgroups as memory.stat does.
    id: 'memory-counters',
    kind: 'cause',
    suffixes: ['cgroups/fs.getMemoryData', 'cgroups/fs2.getMemoryDataV2'],
  },
  { id: 'blkio-stats', kind: 'lookalike', suffixes: ['cgroups/fs.(*BlkioGroup).GetStats', 'cgroups/fs2.statIo'] },
  {
    id: 'process-stats',
    kind: 'lookalike',
    suffixes: [
      'container/libcontainer.processStatsFromProcs',
      'container/libcontainer.schedulerStatsFromProcs',
      'container/libcontainer.networkStatsFromProc',
      'container/libcontainer.tcpStatsFromProc',
      'container/libcontainer.udpStatsFromProc',
    ],
  },
  {
    id: 'disk-usage',
    kind: 'lookalike',
    suffixes: [
      'container/common.(*realFsHandler).*',
      'cadvisor/fs.GetDirUsage',
      'cadvisor/fs.(*RealFsInfo).GetDirUsage',
      'cadvisor/fs.(*RealFsInfo).GetDirDiskUsage',
      'cadvisor/fs.(*RealFsInfo).GetDirInodeUsage',
      'kubernetes/pkg/volume.(*metricsDu).GetMetrics',
      'pkg/volume/util/fs.DiskUsage',
      'path/filepath.Walk',
      'path/filepath.WalkDir',
    ],
  },
  {
    id: 'pod-specs',
    kind: 'lookalike',
    suffixes: ['cadvisor/manager.(*containerData).updateSpec', 'cadvisor/lib/manager.(*containerData).updateSpec'],
  },
  {
    id: 'pod-relist',
    kind: 'lookalike',
    suffixes: ['kubelet/pleg.(*GenericPLEG).relist', 'kubelet/pleg.(*GenericPLEG).Relist'],
  },
  { id: 'pod-cleanup', kind: 'lookalike', suffixes: ['pkg/kubelet.(*Kubelet).HandlePodCleanups'] },
  {
    id: 'metrics-scrape',
    kind: 'lookalike',
    suffixes: ['prometheus.(*Registry).Gather', 'cadvisor/metrics.(*PrometheusCollector).Collect'],
  },
  {
    id: 'garbage-collection',
    kind: 'lookalike',
    suffixes: ['runtime.gcBgMarkWorker', 'runtime.gcAssistAlloc', 'runtime.bgsweep', 'runtime.bgscavenge'],
  },
  {
    // A Go program that has nothing to do looks for work for a while; much of it means many short sleeps.
    id: 'scheduler',
    kind: 'lookalike',
    suffixes: ['runtime.findrunnable', 'runtime.findRunnable', 'runtime.sysmon'],
  },
];
