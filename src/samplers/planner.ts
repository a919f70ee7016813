import type { Instant, MonotonicSeconds } from '../core/clock.ts';
import { isKnown, isMissing, knownOr, type Maybe, missing } from '../core/missing.ts';
import type { CgroupMounts } from '../sources/proc/cgroup-mounts.ts';
import { parentsHoldingPages } from './held-by-dying.ts';
import { KubeletFinder, type KubeletWish } from './kubelet-finder.ts';
import type { ProcessesSample } from './processes.ts';
import { Pace, type Rhythm } from './rhythm.ts';
import type { StatRead, StatTarget } from './stat-reads.ts';
import { LEAVES_AT_ONCE, StatTargets } from './stat-targets.ts';
import type { FoundKubelet, NextProbe } from './tick.ts';
import type { AnyRun, Job, Topic } from './topics.ts';

/** What a planner is told once. */
export interface PlannerOptions extends KubeletWish {
  /** The largest share of one core that the slow lane takes, in percent. */
  readonly budgetPct: number;
  readonly cgroupRoot?: string;
  /** The tool's own processes. */
  readonly ownProcesses: readonly { readonly role: 'screen' | 'sampler' | 'drop'; readonly pid: number }[];
  /**
   * For a report, which somebody asked for: the ancestors' files are read one after the other, budget or not, until
   * they have cost this many seconds of CPU.
   */
  readonly reportCpuSeconds?: number;
  /** The lock file, while another instance holds it. */
  readonly neighbourLock?: string;
}

/** Walk and slabinfo take at most this part of the budget; the timed reads get all that those leave. */
const WALK_PART = 0.5;
const SLABINFO_PART = 1 / 6;
const KINDS_PART = 1 / 6;

/** What kinds of pages the dying hold is asked for at most this often, and of so many parents at once. */
const KINDS_PERIOD_SECONDS = 120;
const MOST_EXPLAINED = 4;

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
] as const satisfies readonly Topic[];

type FastTopic = (typeof FAST_TOPICS)[number];

/** Period and share of a core of each fast topic. They cost microseconds, but for the list of processes. */
const FAST: Readonly<Record<FastTopic, Rhythm>> = {
  identity: { periodSeconds: 60, share: 0.001 },
  memory: { periodSeconds: 0, share: 0.01 },
  vfs: { periodSeconds: 0, share: 0.01 },
  cpu: { periodSeconds: 0, share: 0.01 },
  cgroupCounts: { periodSeconds: 0, share: 0.01 },
  parents: { periodSeconds: 2, share: 0.002 },
  kubelet: { periodSeconds: 1, share: 0.005 },
  syscalls: { periodSeconds: 1, share: 0.002 },
  descriptors: { periodSeconds: 2, share: 0.002 },
  processes: { periodSeconds: 10, share: 0.002 },
  pods: { periodSeconds: 15, share: 0.001 },
  self: { periodSeconds: 1, share: 0.002 },
  selfMemory: { periodSeconds: 30, share: 0.0005 },
  neighbour: { periodSeconds: 5, share: 0.001 },
};

/** An ancestor's file is timed at most this often, on a node where it costs nothing. */
const ANCESTOR_PERIOD_SECONDS = 10;

/** Without kubelet the processes are listed this often, within their share. */
const SEARCH_PERIOD_SECONDS = 5;

/**
 * Decides what is sampled when, and with which arguments. It has all the state that samplers have not: where the
 * hierarchies are, which process is kubelet, when what was read last and what that cost.
 */
export class Planner {
  readonly #options: PlannerOptions;
  readonly #kubelet: KubeletFinder;
  readonly #targets = new StatTargets();
  readonly #fast = new Map(FAST_TOPICS.map((topic) => [topic, new Pace()]));
  /** The tick in which a fast topic ran last. */
  readonly #ranAt = new Map<FastTopic, MonotonicSeconds>();
  readonly #slabinfo = new Pace();
  readonly #walk = new Pace();
  readonly #ancestors = new Pace();
  readonly #leaves = new Pace();
  readonly #kinds = new Pace();
  #asked: StatTarget[] = [];
  #mounts: Maybe<CgroupMounts> = missing('warming-up');
  #pageBytes: Maybe<number> = missing('warming-up');
  #release: Maybe<string> = missing('warming-up');
  #parents: string[] = ['/'];
  #busiest: readonly number[] = [];
  #threads: readonly number[] = [];
  #nextThread = 0;
  #ticksBefore = new Map<number, number>();
  #neighbourLock: string | undefined;
  /** CPU seconds per second that walk and slabinfo take at their present rhythm. */
  #walkLoad = 0;
  #statReadsCpuSeconds = 0;
  #slabinfoLoad = 0;
  #kindsLoad = 0;
  /** Parents below which the dying hold pages of a kind that is to be found out. */
  #toExplain: string[] = [];
  #rootWasRead = false;

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#neighbourLock = options.neighbourLock;
    this.#kubelet = new KubeletFinder(options);
  }

  /** kubelet, or why there is none. */
  get kubelet(): Maybe<FoundKubelet> {
    return this.#kubelet.found;
  }

  /** Says who holds the lock: while another instance does, the slow reads here rest. */
  setNeighbour(lockFile: string | undefined): void {
    this.#neighbourLock = lockFile;
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
  nextSlow(now: MonotonicSeconds): Job | undefined {
    if (isMissing(this.#mounts)) return this.#slabinfoJob(now);
    const { memory } = this.#mounts;
    const asked = this.#asked.shift();
    if (asked !== undefined) return { topic: 'statReads', args: { memory, targets: [asked], asked: true } };
    if (this.#walk.isDue(now)) return { topic: 'walk', args: { memory } };
    const slabinfo = this.#slabinfoJob(now);
    if (slabinfo !== undefined || this.#neighbourLock !== undefined) return slabinfo;
    if (this.#ancestors.isDue(now) || this.#statReadsCpuSeconds < (this.#options.reportCpuSeconds ?? 0)) {
      const ancestor = this.#targets.nextAncestor(now, ANCESTOR_PERIOD_SECONDS);
      if (ancestor !== undefined) return { topic: 'statReads', args: { memory, targets: [ancestor], asked: false } };
    }
    // Once the root was read: how bad it is comes before why.
    if (this.#rootWasRead && this.#toExplain.length > 0 && this.#kinds.isDue(now)) {
      return { topic: 'kinds', args: { memory, parents: this.#toExplain } };
    }
    if (!this.#leaves.isDue(now)) return undefined;
    const leaves = this.#targets.nextLeaves();
    return leaves.length === 0 ? undefined : { topic: 'statReads', args: { memory, targets: leaves, asked: false } };
  }

  /** Reads that a person asked for: they come next, outside the budget. */
  ask(targets: readonly StatTarget[]): void {
    this.#asked.push(...targets);
  }

  /** Makes walk and slabinfo due at once: after a drop, or for a report. */
  hurry(): void {
    this.#walk.hurry();
    this.#slabinfo.hurry();
  }

  /** Lists the processes with the next tick: kubelet may have been restarted. */
  searchKubelet(): void {
    this.#fast.get('processes')?.hurry();
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
      case 'walk': {
        const { rows } = run.sample;
        this.#toExplain = parentsHoldingPages(rows).slice(0, MOST_EXPLAINED);
        this.#targets.learn(run.args.memory, rows);
        const parents = rows.filter((row) => row.children > 0 && row.path.split('/').length <= 3);
        this.#parents = parents.map((row) => row.path).slice(0, MOST_PARENTS);
        break;
      }
      case 'statReads':
        for (const read of run.sample.reads) {
          const absent = isMissing(read.wallSeconds) && read.wallSeconds.unavailable === 'absent';
          this.#targets.read(read, run.ended.monotonicSeconds, absent);
          if (read.path === '/' && read.file === 'memory.stat') this.#rootWasRead = true;
        }
        break;
      default:
        break;
    }
  }

  /** When each slow topic is due next, and why. */
  next(instant: Instant): NextProbe[] {
    const now = instant.monotonicSeconds;
    const resting = this.#neighbourLock !== undefined;
    const of = (topic: NextProbe['topic'], pace: Pace): NextProbe => ({
      topic,
      inSeconds: pace.inSeconds(now),
      because: resting && topic !== 'walk' ? 'lock' : pace.because,
    });
    return [of('walk', this.#walk), of('slabinfo', this.#slabinfo), of('statReads', this.#ancestors)];
  }

  #slabinfoJob(now: MonotonicSeconds): Job | undefined {
    if (this.#neighbourLock !== undefined || isMissing(this.#pageBytes) || !this.#slabinfo.isDue(now)) return undefined;
    return { topic: 'slabinfo', args: { pageBytes: this.#pageBytes } };
  }

  #fastJob(topic: FastTopic): Job | undefined {
    switch (topic) {
      case 'identity': {
        const { cgroupRoot } = this.#options;
        return { topic, args: cgroupRoot === undefined ? {} : { cgroupRoot } };
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
      case 'neighbour':
        return this.#neighbourLock === undefined ? undefined : { topic, args: { lockFile: this.#neighbourLock } };
      default:
        return { topic, args: {} };
    }
  }

  #pace(run: AnyRun): void {
    const { started, ended } = run;
    const wallSeconds = ended.monotonicSeconds - started.monotonicSeconds;
    const cpuSeconds = isMissing(run.cpuSeconds) ? wallSeconds : run.cpuSeconds;
    const ran = (pace: Pace, periodSeconds: number, share: number) =>
      pace.ran({ periodSeconds, share }, started.monotonicSeconds, ended.monotonicSeconds, cpuSeconds);
    const budget = this.#options.budgetPct / 100;
    switch (run.topic) {
      case 'command':
        break;
      case 'walk':
        ran(this.#walk, 10, budget * WALK_PART);
        this.#walkLoad = Math.min(budget * WALK_PART, cpuSeconds / 10);
        break;
      case 'slabinfo':
        ran(this.#slabinfo, 5, budget * SLABINFO_PART);
        this.#slabinfoLoad = Math.min(budget * SLABINFO_PART, cpuSeconds / 5);
        break;
      case 'kinds': {
        const cost = declaredCost(run.sample.below, cpuSeconds);
        const rhythm = { periodSeconds: KINDS_PERIOD_SECONDS, share: budget * KINDS_PART };
        this.#kinds.ran(rhythm, started.monotonicSeconds, ended.monotonicSeconds, cost);
        this.#kindsLoad = Math.min(budget * KINDS_PART, cost / KINDS_PERIOD_SECONDS);
        break;
      }
      case 'statReads': {
        const cost = declaredCost(run.sample.reads, cpuSeconds);
        this.#statReadsCpuSeconds += cost;
        if (run.args.asked) break;
        const left = budget - this.#walkLoad - this.#slabinfoLoad - this.#kindsLoad;
        const isAncestor = run.args.targets.length === 1;
        if (isAncestor)
          this.#ancestors.ran(
            { periodSeconds: 0, share: left },
            started.monotonicSeconds,
            ended.monotonicSeconds,
            cost,
          );
        else ran(this.#leaves, LEAVES_AT_ONCE, left);
        break;
      }
      default: {
        const pace = this.#fast.get(run.topic);
        const searching = run.topic === 'processes' && !isKnown(this.#kubelet.found);
        const rhythm = FAST[run.topic];
        if (pace !== undefined) ran(pace, searching ? SEARCH_PERIOD_SECONDS : rhythm.periodSeconds, rhythm.share);
      }
    }
  }

  /** The threads whose turn it is. */
  #nextThreads(): number[] {
    const all = this.#threads;
    const from = this.#nextThread < all.length ? this.#nextThread : 0;
    this.#nextThread = from + THREADS_AT_ONCE;
    return all.slice(from, from + THREADS_AT_ONCE);
  }

  /** The processes that used the most system time since the last list: another reader than kubelet is among them. */
  #learnBusiest(sample: ProcessesSample): void {
    if (isMissing(sample.busy)) return;
    const used = sample.busy.map((stat) => ({
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

/** What the reads say they cost, which on a fixture is declared and not slept; else the CPU time of the run. */
function declaredCost(reads: readonly Pick<StatRead, 'cpuSeconds'>[], cpuSeconds: number): number {
  return reads.reduce((sum, read) => sum + knownOr(read.cpuSeconds, 0), 0) || cpuSeconds;
}
