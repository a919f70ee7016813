import type { EpochMs, Instant } from '../core/clock.ts';
import type { Maybe } from '../core/missing.ts';
import type { CgroupView } from '../samplers/cgroup-view.ts';
import type { StatFile } from '../samplers/stat-reads.ts';
import type { OtherKubelet, ProbeStatus } from '../samplers/tick.ts';
import type { KubeletFlavour } from '../sources/kubernetes/kubelet-flavour.ts';
import type { QosClass } from '../sources/kubernetes/kubepods.ts';
import type { Drop } from './drop.ts';
import type { NodeEvent } from './events.ts';
import type { Moment } from './moment.ts';
import type { TotalsModel } from './totals.ts';

/**
 * Everything known about the node at one tick. Numbers carry their unit in the name; what could not be had says why
 * in its place. `fields.ts` has the meaning of every one.
 */
export interface Model {
  readonly instant: Instant;
  readonly host: HostModel;
  readonly node: NodeModel;
  readonly kubelet: Maybe<KubeletModel>;
  readonly slab: SlabModel;
  readonly dentry: DentryModel;
  readonly memcg: MemcgModel;
  readonly pods: PodsModel;
  /** The latest read of each file that was timed, slowest first; those from before the last drop come after all others. */
  readonly reads: readonly ReadModel[];
  /** The processes that used the most system time since the last list, kubelet among them. */
  readonly processes: Maybe<readonly ProcessModel[]>;
  readonly self: SelfModel;
  /** What only ever grows, for scrapers. */
  readonly totals: TotalsModel;
  readonly probes: ProbeStatus;
  /** When each group of values was measured that can be older than the rest. */
  readonly moments: readonly Moment[];
  readonly drops: readonly Drop[];
  /** Newest last. */
  readonly events: readonly NodeEvent[];
}

/** What hardly changes. */
export interface HostModel {
  readonly name: Maybe<string>;
  /** The release string, as `uname -r` prints it. */
  readonly kernel: Maybe<string>;
  /** PRETTY_NAME of os-release. */
  readonly distribution: Maybe<string>;
  /** ID of os-release. */
  readonly distributionId: Maybe<string>;
  /** Where the memory controller lives. */
  readonly cgroup: Maybe<'v1' | 'v2'>;
  /** The mount point of that hierarchy. */
  readonly cgroupRoot: Maybe<string>;
  /** Whether the whole of that hierarchy is mounted there, or a container's part of it. */
  readonly cgroupView: Maybe<CgroupView>;
  /** Both versions are mounted: `cgroup.stat` of the v2 side then says nothing about memory cgroups on v1. */
  readonly hybrid: Maybe<boolean>;
  readonly cpus: { readonly online: Maybe<number>; readonly possible: Maybe<number> };
  readonly uptimeSeconds: Maybe<number>;
  /** The kernel's command line. */
  readonly bootCommand: Maybe<string>;
}

/** The node as a whole. */
export interface NodeModel {
  /** Of all cores together: 100 is all of them busy. */
  readonly busyPct: Maybe<number>;
  readonly systemPct: Maybe<number>;
  readonly iowaitPct: Maybe<number>;
  /** Time in which a CPU would have run and the hypervisor ran another guest; part of `busyPct`. */
  readonly stealPct: Maybe<number>;
  /** The busiest single core. */
  readonly busiestCorePct: Maybe<number>;
  readonly loadAverage: Maybe<number>;
  readonly memoryTotalBytes: Maybe<number>;
  readonly memoryAvailableBytes: Maybe<number>;
  readonly pageCacheBytes: Maybe<number>;
  readonly dirtyBytes: Maybe<number>;
  readonly shmemBytes: Maybe<number>;
  readonly percpuBytes: Maybe<number>;
  /** Share of the last minute in which some task waited for memory. */
  readonly memoryPressurePct: Maybe<number>;
  readonly cpuPressurePct: Maybe<number>;
  readonly ioPressurePct: Maybe<number>;
  /** How often somebody wrote 2 or 3 to drop_caches since boot. */
  readonly slabDrops: Maybe<number>;
  /** How often somebody wrote 1 or 3. */
  readonly pageCacheDrops: Maybe<number>;
  /** Those of them that instances of this program noted, since boot, oldest first. */
  readonly ownDrops: Maybe<readonly OwnDropModel[]>;
  readonly inodes: Maybe<number>;
  /** cgroups of every v1 hierarchy, dying ones included: another than memory may leak. */
  readonly controllers: Maybe<readonly ControllerModel[]>;
}

/** A drop by an instance of this program, be it another one. */
export interface OwnDropModel {
  readonly at: EpochMs;
  readonly mode: 1 | 2 | 3;
  /** Kernel memory that the dying held before it and still held after it; 0 where it was freed. */
  readonly keptBytes: Maybe<number>;
  /** How many were dying once it was followed to its end. */
  readonly dyingAfter: Maybe<number>;
}

/** One row of `/proc/cgroups`. */
export interface ControllerModel {
  readonly name: string;
  readonly hierarchy: number;
  readonly cgroups: number;
}

/** kubelet, or the process that was named in its place. */
export interface KubeletModel {
  readonly pid: number;
  readonly startTicks: number;
  readonly found: KubeletFlavour | 'named';
  /** Other kubelets that run here, as those inside of pods. */
  readonly others: readonly OtherKubelet[];
  /** Its command line; values of flags that may hold a secret are left out. */
  readonly command: Maybe<string>;
  readonly version: Maybe<string>;
  /** `--housekeeping-interval`; absent where it is not on the command line (10 s is its default). */
  readonly housekeepingSeconds: Maybe<number>;
  /** Of one core: 100 is a core; more than one thread can be busy. */
  readonly cpuPct: Maybe<number>;
  readonly userPct: Maybe<number>;
  readonly systemPct: Maybe<number>;
  readonly threads: Maybe<number>;
  readonly uptimeSeconds: Maybe<number>;
  readonly rssBytes: Maybe<number>;
  readonly contextSwitchesPerSecond: Maybe<number>;
  readonly readBytesPerSecond: Maybe<number>;
  readonly readCallsPerSecond: Maybe<number>;
  /** Busiest first. */
  readonly threadRows: Maybe<readonly ThreadModel[]>;
  /** Share of the looks of the last minute in which each file was open, most first. */
  readonly heldFiles: Maybe<readonly HeldFileModel[]>;
  /** How many looks that is. */
  readonly fileLooks: Maybe<number>;
  /** What the threads were doing at the looks of the last minute, most often first. Root only. */
  readonly syscallRows: Maybe<readonly SyscallRow[]>;
}

/** One thread of kubelet. */
export interface ThreadModel {
  readonly tid: number;
  readonly comm: string;
  /** The letter of proc(5): R runs, S sleeps, D waits in the kernel. */
  readonly state: string;
  readonly processor: number;
  readonly cpuPct: Maybe<number>;
  readonly userPct: Maybe<number>;
  readonly systemPct: Maybe<number>;
  /** Since the thread began. */
  readonly cpuSeconds: number;
}

/**
 * What threads were seen doing. `call`: asleep in a system call. `running`: on a CPU or ready for one, be it in its own
 * code or deep in a slow read. `blocked`: asleep outside any call, as in a page fault.
 */
export interface SyscallRow {
  readonly kind: 'call' | 'running' | 'blocked';
  /** The call's name, or `call 451` where it has none here; else the kind. */
  readonly name: string;
  readonly looks: number;
  /** Of all looks at threads in the last minute. */
  readonly looksPct: number;
  /** How many different threads were seen so. */
  readonly threads: number;
  /** The call sleeps until something happens: time in it is no work. */
  readonly waits: boolean;
  /** Of `running`: the part of those threads' CPU time that was in the kernel. */
  readonly systemPct: Maybe<number>;
  /** The kernel functions that they slept in, most often first. */
  readonly wchans: readonly { readonly name: string; readonly looksPct: number }[];
}

/** A memory file that a process holds open: to read it, or because it never closes it. */
export interface HeldFileModel {
  readonly pid: number;
  readonly comm: string;
  readonly file: string;
  /** Looks at which it was open, of the looks of the last minute, in percent. */
  readonly openPct: number;
  /**
   * Looks at which its first read had not come back (position 0) while a thread ran in the kernel: the share of time
   * in that read. Much less than `openPct`: it was read and not closed.
   */
  readonly readingPct: Maybe<number>;
  readonly openNow: boolean;
}

/** Slab memory. */
export interface SlabModel {
  readonly totalBytes: Maybe<number>;
  readonly reclaimableBytes: Maybe<number>;
  readonly unreclaimableBytes: Maybe<number>;
  /** Over the last five minutes. */
  readonly growthBytesPerSecond: Maybe<number>;
  /** Every cache of `/proc/slabinfo`, largest first. Root only. */
  readonly caches: Maybe<readonly CacheModel[]>;
  /** When the caches were read. */
  readonly cachesAt: Maybe<EpochMs>;
}

/** One slab cache. */
export interface CacheModel {
  readonly name: string;
  readonly activeObjects: number;
  readonly objects: number;
  readonly objectBytes: number;
  readonly objectsPerSlab: number;
  readonly pagesPerSlab: number;
  readonly activeSlabs: number;
  readonly slabs: number;
  readonly sizeBytes: number;
  /** Objects in use, of the objects there is room for. */
  readonly usePct: number;
  /** Over the last five minutes. */
  readonly growthBytesPerSecond: Maybe<number>;
}

/** Dentries: names of files, and of files that are not there, that the kernel remembers. */
export interface DentryModel {
  readonly objects: Maybe<number>;
  readonly unused: Maybe<number>;
  /** Names of what does not exist; not counted before 5.0. */
  readonly negative: Maybe<number>;
  /** Slab memory of the dentry caches. */
  readonly sizeBytes: Maybe<number>;
  /** Over the last five minutes. */
  readonly growthPerSecond: Maybe<number>;
}

/** Memory cgroups. */
export interface MemcgModel {
  /** Live and dying, the root included. */
  readonly total: Maybe<number>;
  readonly live: Maybe<number>;
  /** Removed, but kept alive by what is still charged to them. */
  readonly dying: Maybe<number>;
  /** Growth of the dying, over the last five minutes. */
  readonly growthPerSecond: Maybe<number>;
  /** Seen by comparing walks: what came and went between two is not counted. */
  readonly createdPerMinute: Maybe<number>;
  readonly removedPerMinute: Maybe<number>;
  /** When the live ones were counted. */
  readonly countedAt: Maybe<EpochMs>;
  readonly heldByDying: Maybe<HeldByDying>;
  /** The same by kind: what pins the dying, and below which parents, most first. */
  readonly pins: Maybe<readonly PinModel[]>;
  /** Every live cgroup, parents before children. */
  readonly cgroups: Maybe<readonly CgroupModel[]>;
}

/** Pods and containers: those that came and went in the last five minutes by kubelet's log folders, those left over by the walk. */
export interface PodsModel {
  readonly restartsPerMinute: Maybe<number>;
  /** Those that were there at one of the lists at least. */
  readonly createdPerMinute: Maybe<number>;
  /** Pods that have a cgroup. */
  readonly cgroups: Maybe<number>;
  /** Those of them without a process, in them or below: they start, end, or are left over. */
  readonly withoutProcess: Maybe<number>;
  /** Those without one for five minutes or longer. */
  readonly leftover: Maybe<number>;
  /** Which have no process, longest first, since a walk first saw it. */
  readonly empty: Maybe<readonly EmptyPodModel[]>;
  /** Whose containers restarted, most first. */
  readonly restarting: Maybe<readonly { readonly pod: string; readonly restarts: number }[]>;
  /** In which namespaces pods were created, most first. */
  readonly creating: Maybe<readonly { readonly namespace: string; readonly pods: number }[]>;
}

/** The cgroup of a pod that has no process. */
export interface EmptyPodModel {
  readonly path: string;
  /** `namespace/pod`, also where its name is no longer known; else its uid. */
  readonly pod: string;
  /** For so long at least: since a walk first saw it so. */
  readonly emptySeconds: number;
}

/** What dying cgroups hold: the parents' page counters less those of their live children. */
export interface HeldByDying {
  /** All of it: kernel memory and pages. */
  readonly bytes: number;
  /** Kernel memory: slab objects, and the cgroups' own structures. */
  readonly kmemBytes: Maybe<number>;
  /** Pages: page cache, tmpfs, anonymous memory. */
  readonly pageBytes: Maybe<number>;
  /** The parents below which they are, most first; parents within the noise are left out. */
  readonly where: readonly HeldBelow[];
}

/** What the dying below one parent hold. */
export interface HeldBelow {
  readonly path: string;
  readonly pod: Maybe<string>;
  readonly bytes: number;
  readonly kmemBytes: Maybe<number>;
  readonly pageBytes: Maybe<number>;
}

/** Pages that the dying below one parent hold, by kind. Missing until `memory.stat` was read for it. */
export interface HeldKinds {
  /** Pages of files on disk, clean and dirty together. */
  readonly fileBytes: Maybe<number>;
  /** Those that need not be written: any drop of the page cache frees them. */
  readonly cleanBytes: Maybe<number>;
  /** Those that have to be written first; missing too where the kernel counts them too coarsely to tell. */
  readonly dirtyBytes: Maybe<number>;
  /** Pages of tmpfs: they stay until the files are removed. */
  readonly tmpfsBytes: Maybe<number>;
  /** Anonymous memory of processes that left the cgroup before it was removed. */
  readonly anonBytes: Maybe<number>;
}

/** What the dying below one parent hold, by kind. */
export interface PinModel extends HeldKinds {
  readonly path: string;
  readonly pod: Maybe<string>;
  /** Everything, by the page counters. */
  readonly bytes: number;
  readonly kmemBytes: Maybe<number>;
}

/** One live memory cgroup. */
export interface CgroupModel {
  readonly path: string;
  readonly depth: number;
  readonly children: number;
  /** `namespace/pod`, or the uid where its name is not known; `absent` for what belongs to no pod. */
  readonly pod: Maybe<string>;
  /** What its pod calls the container. */
  readonly container: Maybe<string>;
  /** Container id, shortened, or systemd unit. */
  readonly unit: Maybe<string>;
  readonly qos: Maybe<QosClass>;
  readonly usageBytes: Maybe<number>;
  readonly kmemBytes: Maybe<number>;
  /** What it may use; `absent` where there is no limit. */
  readonly limitBytes: Maybe<number>;
  /** How often it hit its limit. */
  readonly limitFailures: Maybe<number>;
  /** How often its kernel memory was refused; v1 only. */
  readonly kmemFailures: Maybe<number>;
  /** Its processes that were killed for want of memory; v2 only. */
  readonly oomKills: Maybe<number>;
  /** Share of the last minute in which one of its tasks waited for memory; v2 only. */
  readonly pressurePct: Maybe<number>;
  /** Held by dying cgroups below it, of kernel memory and of pages; of parents only. */
  readonly heldKmemBytes: Maybe<number>;
  readonly heldPageBytes: Maybe<number>;
  /** Both together: cgroup v2 does not count them apart. */
  readonly heldBytes: Maybe<number>;
  /** v2 only. */
  readonly dyingBelow: Maybe<number>;
  /** The latest read of its `memory.stat`. */
  readonly readSeconds: Maybe<number>;
  /** Children created and removed per minute, seen by comparing walks. */
  readonly churnPerMinute: Maybe<number>;
}

/** The latest timed read of one file. */
export interface ReadModel {
  readonly path: string;
  readonly file: StatFile;
  readonly wallSeconds: Maybe<number>;
  readonly cpuSeconds: Maybe<number>;
  readonly systemSeconds: Maybe<number>;
  readonly at: EpochMs;
  readonly pod: Maybe<string>;
  /** Another instance of this tool made it: it holds the lock. */
  readonly byOther: boolean;
  /** It began before caches were dropped, and says nothing of the node as it is. */
  readonly beforeDrop: boolean;
}

/** One process with CPU time of its own. */
export interface ProcessModel {
  readonly pid: number;
  readonly comm: string;
  readonly cpuPct: Maybe<number>;
  readonly userPct: Maybe<number>;
  readonly systemPct: Maybe<number>;
  readonly threads: number;
  readonly rssBytes: Maybe<number>;
}

/** What the tool itself costs. */
export interface SelfModel {
  /** All its processes, of one core. */
  readonly cpuPct: Maybe<number>;
  readonly rssBytes: Maybe<number>;
  /** Pages that its processes share counted once; read every half minute. */
  readonly pssBytes: Maybe<number>;
  /** The process that reads the kernel. */
  readonly proberCpuPct: Maybe<number>;
}
