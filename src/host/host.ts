import type { Clock } from '../core/clock.ts';
import type { Reading } from '../core/reading.ts';

/** Where the kernel text of this run comes from. */
export interface HostOrigin {
  /** `live`: a kernel, now. `fixture`: a folder of captured files. `replay`: a recording. */
  readonly kind: 'live' | 'fixture' | 'replay';
  /** The folder that stands for `/`: `/` on a node, `/host` in a debug pod, a fixture's folder; the file of a replay. */
  readonly root: string;
  /** A fixture whose files change while it is read: whoever plays it answers a drop, too (`host.json`). */
  readonly plays?: true;
}

/**
 * The only way to kernel text. Live root folder, fixture tree and recording all answer in this form, and nothing above
 * this layer knows which of them it has.
 *
 * Every path is absolute as the node sees it (`/proc/meminfo`), whatever folder stands for the node's root. Every
 * answer is a {@link Reading}: a text or an errno; nothing here throws, parses or caches. Calls are synchronous: one
 * small kernel file costs 13 us that way and ten times that through promises (measured), and the process that calls
 * has nothing else to do; what may take seconds is asked of a {@link WaitingHost}. No descriptor outlives its call: an open file of a cgroup would pin that cgroup.
 */
export interface Host {
  readonly origin: HostOrigin;
  /** The time that its answers belong to: now on a node, the declared or recorded instant elsewhere. */
  readonly clock: Clock;
  /** Told at each tick's start, so that a fixture with steps moves on; a live host has nothing to do. */
  atTick(tick: number): void;
  /** The whole file. */
  read(path: string): Reading;
  /** The whole file, and what reading it cost: for the files whose cost is the sickness. */
  timed(path: string): Reading;
  /** The names in a folder, one a line, in the order the kernel gives them. */
  list(path: string): Reading;
  /**
   * The folders in a folder, one a line: the link count, a space, the name. cgroupfs counts a link per child, so that
   * 2 says "a leaf" and saves listing it; some file systems always answer 1, which says nothing.
   */
  dirs(path: string): Reading;
  /** The target of a symbolic link. */
  link(path: string): Reading;
  /** The targets of all symbolic links in a folder (`/proc/PID/fd`), one a line: the name, a space, the target. */
  links(path: string): Reading;
  /**
   * A file of this tool's own process tree, read from the /proc that this process lives in whatever the root is: the
   * tool's own cost. It goes through the host so that a replay prints the same document.
   */
  own(path: string): Reading;
  /** What the Go program at a path, or behind a link there, says of how it was built; `ENODATA` for any other. */
  buildInfo(path: string): Reading;
}

/** A host that can also be asked without waiting: for the reads that may take seconds. */
export interface WaitingHost extends Host {
  /** A timed read whose answer comes later, while the caller goes on. One at a time. */
  timedLater(path: string): Promise<Reading>;
}
