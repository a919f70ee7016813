/**
 * How often each topic is sampled at best, in seconds from start to start; 0 is with every tick. Whoever plans the
 * samples keeps to it, and whoever shows a value knows by it when the value is older than it should be.
 */
export const PERIOD_SECONDS = {
  identity: 60,
  memory: 0,
  vfs: 0,
  cpu: 0,
  cgroupCounts: 0,
  parents: 2,
  kubelet: 1,
  syscalls: 1,
  descriptors: 2,
  processes: 10,
  pods: 15,
  self: 1,
  selfMemory: 30,
  neighbour: 5,
  ownDrops: 0,
  slabinfo: 5,
  walk: 10,
  /** The counters of every cgroup, while few are dying; with many they are read with every walk. */
  counters: 60,
  /** One ancestor's file, on a node where reading it costs nothing. */
  statReads: 10,
  /** What kinds of pages the dying hold. */
  kinds: 120,
} as const;
