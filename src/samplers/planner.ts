import type { Instant, MonotonicSeconds } from '../core/clock.ts';
import { isKnown, isMissing, knownOr, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { PERIOD_SECONDS } from '../core/period.ts';
import type { CgroupMounts } from '../sources/proc/cgroup-mounts.ts';
import { KubeletFinder, type KubeletWish } from './kubelet-finder.ts';
import type { ProcessesSample } from './processes.ts';
import type { AnyRun, Job, SlowTopic, Topic } from './registry.ts';
import { Pace, type Rhythm } from './rhythm.ts';
import { SlowPlan, type SlowPlanOptions } from './slow-plan.ts';
import type { StatTarget } from './stat-reads.ts';
import type { FoundKubelet, NextProbe } from './tick.ts';

/** What a planner is told once. */
export interface PlannerOptions extends KubeletWish, SlowPlanOptions {
  readonly cgroupRoot?: string;
  /** What the node is called, where that was told from outside. */
  readonly nodeName?: string;
  /** The tool's own processes. */
  readonly ownProcesses: readonly { readonly role: 'screen' | 'sampler' | 'drop'; readonly pid: number }[];
  /** The lock file, while another instance holds it. */
  readonly neighbourLock?: string;
  /** Where instances of this program note their drops; absent where nothing is dropped. */
  readonly ownDropsFile?: string;
}

/** The other processes whose descriptors are looked at beside kubelet's: the busiest in the kernel. */
const OTHER_READERS = 3;

/** How many parents' counters are followed between two walks. */
const MOST_PARENTS = 12;

/**
 * Threads whose system call is looked at in one run. Two reads of 11 us each per thread (measured): all 60 threads of a
 * kubelet would take 0.13 % of a core in reads alone. They take turns, and a minute still brings 960 looks.
 */
const THREADS_AT_ONCE = 16;

/** In the order of one tick: the mounts before what lies under them, the processes before kubelet. */
const FAST_TOPICS = [
  'identity',
  'processes',
  'cpu',
  'memory',
  'vfs',
  'cgroupCounts',
  'parents',
  'kubelet',
  'syscalls',
  'descriptors',
  'pods',
  'self',
  'selfMemory',
  'neighbour',
  'ownDrops',
] as const satisfies readonly Topic[];

type FastTopic = (typeof FAST_TOPICS)[number];

/**
 * Period, share of a core and longest rest of each fast topic. They cost microseconds, but for the list of processes, so
 * that none rests for longer than a person would wait for it.
 */
const FAST: Readonly<Record<FastTopic, Rhythm>> = {
  identity: { periodSeconds: PERIOD_SECONDS.identity, share: 0.001, mostSeconds: 60 },
  memory: { periodSeconds: PERIOD_SECONDS.memory, share: 0.01, mostSeconds: 2 },
  vfs: { periodSeconds: PERIOD_SECONDS.vfs, share: 0.01, mostSeconds: 2 },
  cpu: { periodSeconds: PERIOD_SECONDS.cpu, share: 0.01, mostSeconds: 2 },
  cgroupCounts: { periodSeconds: PERIOD_SECONDS.cgroupCounts, share: 0.01, mostSeconds: 2 },
  parents: { periodSeconds: PERIOD_SECONDS.parents, share: 0.002, mostSeconds: 10 },
  kubelet: { periodSeconds: PERIOD_SECONDS.kubelet, share: 0.005, mostSeconds: 3 },
  syscalls: { periodSeconds: PERIOD_SECONDS.syscalls, share: 0.002, mostSeconds: 5 },
  descriptors: { periodSeconds: PERIOD_SECONDS.descriptors, share: 0.002, mostSeconds: 10 },
  processes: { periodSeconds: PERIOD_SECONDS.processes, share: 0.002, mostSeconds: 30 },
  pods: { periodSeconds: PERIOD_SECONDS.pods, share: 0.001, mostSeconds: 30 },
  self: { periodSeconds: PERIOD_SECONDS.self, share: 0.002, mostSeconds: 5 },
  selfMemory: { periodSeconds: PERIOD_SECONDS.selfMemory, share: 0.0005, mostSeconds: 30 },
  neighbour: { periodSeconds: PERIOD_SECONDS.neighbour, share: 0.001, mostSeconds: 15 },
  ownDrops: { periodSeconds: PERIOD_SECONDS.ownDrops, share: 0.01, mostSeconds: 2 },
};

/** While no kubelet is known, be it never or not any more, the processes are listed this often. */
const SEARCH: Rhythm = { periodSeconds: 5, share: 0.002, mostSeconds: 5 };

/**
 * The kernel counts a thread's CPU time at its tick (4 ms on most kernels): a shorter run is told none or another's
 * share (measured). It is charged the time it took, which is little.
 */
const COUNTED_SECONDS = 0.004;

/**
 * Decides what is sampled when, and with which arguments. It has all the state that samplers have not: where the
 * hierarchies are, which process is kubelet, when what was read last and what that cost.
 */
export class Planner {
  readonly #options: PlannerOptions;
  readonly #kubelet: KubeletFinder;
  readonly #slow: SlowPlan;
  readonly #fast = new Map(FAST_TOPICS.map((topic) => [topic, new Pace()]));
  /** The tick in which a fast topic ran last. */
  readonly #ranAt = new Map<FastTopic, MonotonicSeconds>();
  #mounts: Maybe<CgroupMounts> = missing('warming-up');
  #pageBytes: Maybe<number> = missing('warming-up');
  #release: Maybe<string> = missing('warming-up');
  #parents: string[] = ['/'];
  #busiest: readonly number[] = [];
  #threads: readonly number[] = [];
  #nextThread = 0;
  #ticksBefore = new Map<number, number>();
  #neighbourLock: string | undefined;
  #rests = true;

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#neighbourLock = options.neighbourLock;
    this.#slow = new SlowPlan(options);
    this.#kubelet = new KubeletFinder(options);
  }

  /** kubelet, or why there is none. */
  get kubelet(): Maybe<FoundKubelet> {
    return this.#kubelet.found;
  }

  /** Says who holds the lock: while another instance does, slow reads are paused here, unless it is told otherwise. */
  setNeighbour(lockFile: string | undefined, rests = true): void {
    this.#neighbourLock = lockFile;
    this.#rests = rests;
  }

  get #isResting(): boolean {
    return this.#neighbourLock !== undefined && this.#rests;
  }

  /** The instance's own processes, as far as they run. */
  #own(): { role: 'screen' | 'sampler' | 'drop'; pid: number }[] {
    return this.#options.ownProcesses.map((each) => ({ ...each }));
  }

  /**
   * A fast job that is due in this tick, or `undefined`. Ask again after it ran: what it found may make another due,
   * and no topic but `command` is due twice in a tick.
   */
  nextFast(tick: Instant): Job | undefined {
    const now = tick.monotonicSeconds;
    for (const [topic, pace] of this.#fast) {
      if (this.#ranAt.get(topic) === now || !pace.isDue(now)) continue;
      const job = this.#fastJob(topic);
      if (job === undefined) continue;
      this.#ranAt.set(topic, now);
      return job;
    }
    const candidate = this.#kubelet.unknownCandidate;
    return candidate === undefined ? undefined : { topic: 'command', args: candidate };
  }

  /** The job for an idle slow lane, or `undefined` if none is due. */
  nextSlow(now: MonotonicSeconds): Job<SlowTopic> | undefined {
    const memory = mapKnown(this.#mounts, (mounts) => mounts.memory);
    return this.#slow.next(now, { memory, pageBytes: this.#pageBytes, resting: this.#isResting });
  }

  /** Reads that a person asked for: they come next, outside the budget. */
  ask(targets: readonly StatTarget[]): void {
    this.#slow.ask(targets);
  }

  /** Makes walk and slabinfo due at once: after a drop, or for a report. */
  hurry(): void {
    this.#slow.hurry();
  }

  /** Has it found out what kinds of pages the dying hold, whatever it costs: what was read before a drop says nothing. */
  hurryKinds(): void {
    this.#slow.hurryKinds();
  }

  /** Lists the processes with the next tick: kubelet may have been restarted. */
  searchKubelet(): void {
    this.#fast.get('processes')?.hurry();
  }

  /** Makes due at once what a rate takes two samples of, whatever it cost: a report has only two. */
  hurryRates(): void {
    for (const topic of ['cpu', 'processes', 'kubelet'] as const) this.#fast.get(topic)?.hurry();
  }

  /** Takes what a run found and cost. */
  learn(run: AnyRun): void {
    this.#pace(run);
    switch (run.topic) {
      case 'identity':
        this.#mounts = run.sample.mounts;
        this.#pageBytes = run.sample.pageBytes;
        this.#release = run.sample.kernelRelease;
        break;
      case 'cgroupCounts':
        this.#slow.learnCounts(run.sample);
        break;
      case 'processes':
        this.#kubelet.learnProcesses(run.sample);
        this.#learnBusiest(run.sample);
        break;
      case 'command':
        this.#kubelet.learnCommand(run.sample);
        break;
      case 'kubelet':
        if (this.#kubelet.learnKubelet(run.sample)) this.searchKubelet();
        this.#threads = knownOr(run.sample.threads, []).map((thread) => thread.pid);
        break;
      case 'walk':
        this.#slow.learn(run);
        this.#parents = run.sample.rows
          .filter((row) => row.children > 0 && row.path.split('/').length <= 3)
          .map((row) => row.path)
          .slice(0, MOST_PARENTS);
        break;
      case 'slabinfo':
      case 'statReads':
      case 'kinds':
        this.#slow.learn(run);
        break;
      default:
        break;
    }
  }

  /** When each slow topic is due next, and why. */
  next(instant: Instant): NextProbe[] {
    return this.#slow.due(instant, this.#isResting);
  }

  #fastJob(topic: FastTopic): Job | undefined {
    switch (topic) {
      case 'identity': {
        const { cgroupRoot, nodeName } = this.#options;
        return {
          topic,
          args: {
            ...(cgroupRoot === undefined ? {} : { cgroupRoot }),
            ...(nodeName === undefined ? {} : { nodeName }),
          },
        };
      }
      case 'vfs':
        return { topic, args: isMissing(this.#release) ? {} : { release: this.#release } };
      case 'cgroupCounts': {
        const v2Path = isMissing(this.#mounts) ? undefined : this.#mounts.v2Path;
        return { topic, args: v2Path === undefined ? {} : { v2Path } };
      }
      case 'parents':
        if (isMissing(this.#mounts)) return undefined;
        return { topic, args: { memory: this.#mounts.memory, paths: this.#parents } };
      case 'kubelet':
        return isKnown(this.#kubelet.found) ? { topic, args: { pid: this.#kubelet.found.pid } } : undefined;
      case 'syscalls': {
        const tids = this.#nextThreads();
        if (isMissing(this.#kubelet.found) || tids.length === 0) return undefined;
        return { topic, args: { pid: this.#kubelet.found.pid, tids } };
      }
      case 'descriptors': {
        const kubelet = isKnown(this.#kubelet.found) ? [this.#kubelet.found.pid] : [];
        const pids = [...new Set([...kubelet, ...this.#busiest])];
        return pids.length === 0 ? undefined : { topic, args: { pids } };
      }
      case 'processes':
        return {
          topic,
          args: {
            keep: this.#kubelet.wantedNames,
            ...(this.#kubelet.wantedPid === undefined ? {} : { keepPid: this.#kubelet.wantedPid }),
          },
        };
      case 'self':
      case 'selfMemory':
        return { topic, args: { processes: this.#own() } };
      case 'ownDrops': {
        const { ownDropsFile: file } = this.#options;
        return file === undefined ? undefined : { topic, args: { file } };
      }
      case 'neighbour':
        return this.#neighbourLock === undefined ? undefined : { topic, args: { lockFile: this.#neighbourLock } };
      default:
        return { topic, args: {} };
    }
  }

  #pace(run: AnyRun): void {
    if (!isFast(run.topic)) return;
    const [started, ended] = [run.started.monotonicSeconds, run.ended.monotonicSeconds];
    const searching = run.topic === 'processes' && !isKnown(this.#kubelet.found);
    const tookSeconds = ended - started;
    const cost =
      tookSeconds < COUNTED_SECONDS ? tookSeconds : Math.min(tookSeconds, knownOr(run.cpuSeconds, tookSeconds));
    this.#fast.get(run.topic)?.ran(searching ? SEARCH : FAST[run.topic], started, ended, cost);
  }

  /** The threads whose turn it is. */
  #nextThreads(): number[] {
    const all = this.#threads;
    const from = this.#nextThread < all.length ? this.#nextThread : 0;
    this.#nextThread = from + THREADS_AT_ONCE;
    return all.slice(from, from + THREADS_AT_ONCE);
  }

  /**
   * The processes that used the most system time since the last list: another reader than kubelet is among them. Not
   * our own, which are known to read.
   */
  #learnBusiest(sample: ProcessesSample): void {
    if (isMissing(sample.busy)) return;
    const own = new Set(this.#options.ownProcesses.map(({ pid }) => pid));
    const others = sample.busy.filter(({ pid }) => !own.has(pid));
    const used = others.map((stat) => ({
      pid: stat.pid,
      ticks: stat.systemTicks - (this.#ticksBefore.get(stat.pid) ?? 0),
    }));
    this.#ticksBefore = new Map(sample.busy.map((stat) => [stat.pid, stat.systemTicks]));
    this.#busiest = used
      .sort((a, b) => b.ticks - a.ticks)
      .slice(0, OTHER_READERS)
      .map((each) => each.pid);
  }
}

function isFast(topic: Topic): topic is FastTopic {
  return FAST_TOPICS.some((fast) => fast === topic);
}
