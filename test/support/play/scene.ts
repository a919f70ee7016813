/** The kubelet of a played node. */
export interface PlayedKubelet {
  /** Another pid than before is a restart. */
  readonly pid: number;
  /** In percent of one core. */
  readonly userPct: number;
  readonly systemPct: number;
  /** Its open memory files: the cgroup and the file. */
  readonly open: readonly OpenMemoryFile[];
}

/** An open file of a cgroup, as `/proc/PID/fd` and `/proc/PID/fdinfo` show it. */
export interface OpenMemoryFile {
  readonly path: string;
  readonly file: 'memory.stat' | 'memory.numa_stat' | 'memory.usage_in_bytes';
  /** 0 as long as the first read has not come back: a thread runs in the kernel meanwhile. */
  readonly position: number;
}

/** What a played node is like at one moment. */
export interface Scene {
  readonly dying: number;
  /** None: kubelet does not run. */
  readonly kubelet: PlayedKubelet | undefined;
  /** Another process, in percent of one core. */
  readonly otherPct?: number;
  /** What reads take, by their path as the node sees it; spent by whoever makes them. */
  readonly readSeconds: Readonly<Record<string, number>>;
  /** The restart counts of the containers that crash, by the name of their pod. */
  readonly restarts?: Readonly<Record<string, number>>;
  /** Pods that are there besides those that stay, by number. */
  readonly morePods?: readonly number[];
}

/** A write to drop_caches that the played node took. */
export interface PlayedDrop {
  readonly atSeconds: number;
  readonly mode: 1 | 2 | 3;
}

/** What a node is like so many seconds after the start, whatever was dropped until then. */
export type Script = (seconds: number, drops: readonly PlayedDrop[]) => Scene;
