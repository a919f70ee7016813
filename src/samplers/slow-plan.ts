import type { Instant, MonotonicSeconds } from '../core/clock.ts';
import { isKnown, isMissing, knownOr, type Maybe, mapKnown } from '../core/missing.ts';
import { PERIOD_SECONDS } from '../core/period.ts';
import { isRootRead } from '../core/root-cgroup.ts';
import type { MemoryHierarchy } from './args.ts';
import type { CgroupCountsSample } from './cgroup-counts.ts';
import { CountFall } from './count-fall.ts';
import { parentsHoldingPages } from './held-by-dying.ts';
import type { AnyRun, Job, SlowTopic } from './registry.ts';
import { Pace } from './rhythm.ts';
import type { StatRead, StatTarget } from './stat-reads.ts';
import { LEAVES_AT_ONCE, StatTargets } from './stat-targets.ts';
import type { NextProbe } from './tick.ts';

/** What the slow lane may take. */
export interface SlowPlanOptions {
  /** The largest share of one core that the slow lane takes, in percent. */
  readonly budgetPct: number;
  /**
   * For a report, which somebody asked for: the ancestors' files are read one after the other, budget or not, until
   * they have cost this many seconds of CPU.
   */
  readonly reportCpuSeconds?: number;
  /**
   * From so many dying cgroups on what they hold is asked for with every walk: until then once a minute. Without it,
   * with every walk whatever dies.
   */
  readonly dyingWarning?: number;
}

/** What a slow job needs to be told. */
export interface SlowFacts {
  readonly memory: Maybe<MemoryHierarchy>;
  readonly pageBytes: Maybe<number>;
  /** Another instance holds the lock: then only the walk runs here. */
  readonly resting: boolean;
}

/** Walk, slabinfo and kinds take at most this part of the budget; the timed reads get all that those leave. */
const WALK_PART = 0.5;
/** What each kind of walk takes of the walk's part: while few cgroups are dying the count comes first. */
const FEW_DIE = { names: 0.9, counters: 0.1 };
const MANY_DIE = { names: 0.4, counters: 0.6 };
const SLABINFO_PART = 1 / 6;
const KINDS_PART = 1 / 6;

/** A walk takes so many cgroups at a time: about a second of CPU, after which other reads have their turn. */
const WALK_SLICE = 20_000;

/** What kinds of pages the dying hold is asked for of so many parents at once. */
const MOST_EXPLAINED = 4;

/** Tells a pace what was run, and says what that is in CPU seconds per second. */
type Ran = (pace: Pace, periodSeconds: number, share: number, cost: number) => number;

/** Decides what the slow lane reads next, and keeps it within its share of a core. */
export class SlowPlan {
  readonly #options: SlowPlanOptions;
  readonly #targets = new StatTargets();
  readonly #slabinfo = new Pace();
  /** Walks with all counters: while many are dying, while few are, and walks of names alone. */
  readonly #walk = new Pace();
  readonly #seldomWalk = new Pace();
  readonly #namesWalk = new Pace();
  readonly #ancestors = new Pace(1);
  readonly #leaves = new Pace(1);
  readonly #kinds = new Pace(1);
  #asked: StatTarget[] = [];
  /** CPU seconds per second that each takes at its present rhythm. */
  #walkLoad = 0;
  #namesLoad = 0;
  #slabinfoLoad = 0;
  #kindsLoad = 0;
  #statReadsCpuSeconds = 0;
  /** What ancestors have cost since they last had rested. */
  #owedCpuSeconds = 0;
  /** Parents below which the dying hold pages of a kind that is to be found out. */
  #toExplain: string[] = [];
  /** Those that were looked at last. */
  #explained: readonly string[] = [];
  /** Where the slice of each kind of walk ended that is to be gone on with. */
  #walkedTo: { readonly counters?: string; readonly names?: string } = {};
  /** The live cgroups of the last walk that ended, and of which hierarchy. */
  #live: { readonly cgroups: number; readonly version: MemoryHierarchy['version'] } | undefined;
  #counts: CgroupCountsSample | undefined;
  readonly #fall = new CountFall();
  #rootWasRead = false;

  constructor(options: SlowPlanOptions) {
    this.#options = options;
  }

  /** The job for an idle slow lane, or `undefined` if none is due. */
  next(now: MonotonicSeconds, { memory, pageBytes, resting }: SlowFacts): Job<SlowTopic> | undefined {
    const slabinfo = (): Job<SlowTopic> | undefined =>
      resting || isMissing(pageBytes) || !this.#slabinfo.isDue(now)
        ? undefined
        : { topic: 'slabinfo', args: { pageBytes } };
    if (isMissing(memory)) return slabinfo();
    const asked = this.#asked.shift();
    if (asked !== undefined) return { topic: 'statReads', args: { memory, targets: [asked], asked: true } };
    const walk = this.#nextWalk(now, memory);
    if (walk !== undefined) return walk;
    return slabinfo() ?? (resting ? undefined : this.#nextRead(now, memory));
  }

  /** Reads that a person asked for: they come next, outside the budget. */
  ask(targets: readonly StatTarget[]): void {
    this.#asked.push(...targets);
  }

  /** Makes walk and slabinfo due at once: after a drop, or for a report. */
  hurry(): void {
    this.#walk.hurry();
    this.#seldomWalk.hurry();
    this.#slabinfo.hurry();
  }

  /** Takes the kernel's count of cgroups, which says how many are dying; where most have gone all is read again. */
  learnCounts(counts: CgroupCountsSample): void {
    this.#counts = counts;
    if (!this.#fall.counted(counts)) return;
    this.hurry();
    this.#ancestors.hurry();
  }

  /** Makes the kinds of pages due at once, whatever they cost. */
  hurryKinds(): void {
    this.#kinds.hurry();
  }

  /** Takes what a run found and cost; a walk with the rows of all its slices so far. */
  learn(run: AnyRun<SlowTopic>): void {
    this.#pace(run);
    if (run.topic === 'walk') {
      const { until, rows } = run.sample;
      const { names, counters } = this.#walkedTo;
      const namesOnly = run.args.namesOnly === true;
      this.#walkedTo = namesOnly ? walkedTo(until, counters) : walkedTo(names, until);
      this.#targets.learn(run.args.memory, rows);
      if (until === undefined) this.#live = { cgroups: rows.length, version: run.args.memory.version };
      if (until === undefined && !namesOnly) {
        this.#toExplain = parentsHoldingPages(rows).slice(0, MOST_EXPLAINED);
        if (this.#toExplain.some((path) => !this.#explained.includes(path))) this.#kinds.skipPeriod();
      }
    }
    if (run.topic !== 'statReads') return;
    for (const read of run.sample.reads) {
      const absent = isMissing(read.wallSeconds) && read.wallSeconds.unavailable === 'absent';
      this.#targets.read(read, run.ended.monotonicSeconds, absent);
      if (isRootRead(read)) this.#rootWasRead = true;
    }
  }

  /** When each slow topic is due next, and why. */
  due({ monotonicSeconds: now }: Instant, resting: boolean): NextProbe[] {
    const of = (topic: SlowTopic, pace: Pace): NextProbe => ({
      topic,
      inSeconds: pace.inSeconds(now),
      because: resting && topic !== 'walk' ? 'lock' : pace.because,
    });
    const whole = this.#fewDie ? this.#seldomWalk : this.#walk;
    const isSooner = this.#countsOften && this.#namesWalk.inSeconds(now) < whole.inSeconds(now);
    return [
      of('walk', isSooner ? this.#namesWalk : whole),
      of('slabinfo', this.#slabinfo),
      of('statReads', this.#ancestors),
    ];
  }

  #nextWalk(now: MonotonicSeconds, memory: MemoryHierarchy): Job<SlowTopic> | undefined {
    const { names, counters } = this.#walkedTo;
    const goesOn = counters !== undefined && this.#options.reportCpuSeconds !== undefined;
    if (goesOn || (this.#fewDie ? this.#seldomWalk : this.#walk).isDue(now)) {
      return {
        topic: 'walk',
        args: { memory, most: WALK_SLICE, ...(counters === undefined ? {} : { after: counters }) },
      };
    }
    if (!this.#countsOften || !this.#namesWalk.isDue(now)) return undefined;
    const after = names === undefined ? {} : { after: names };
    return { topic: 'walk', args: { memory, most: WALK_SLICE, namesOnly: true, ...after } };
  }

  /** Whether names are walked between two walks of all counters: once there was one. */
  get #countsOften(): boolean {
    return this.#options.dyingWarning !== undefined && this.#live !== undefined;
  }

  /** Whether fewer are dying than it takes to ask with every walk what they hold; not while that is unknown. */
  get #fewDie(): boolean {
    const { dyingWarning } = this.#options;
    if (dyingWarning === undefined || this.#live === undefined || this.#counts === undefined) return false;
    const { controllers, v2Root } = this.#counts;
    if (this.#live.version === 'v1') {
      const total = isMissing(controllers) ? undefined : controllers.find(({ name }) => name === 'memory')?.cgroups;
      return total !== undefined && total - this.#live.cgroups < dyingWarning;
    }
    const dying = mapKnown(v2Root, (root) => (isMissing(root.dyingMemory) ? root.dyingDescendants : root.dyingMemory));
    return isKnown(dying) && dying < dyingWarning;
  }

  #nextRead(now: MonotonicSeconds, memory: MemoryHierarchy): Job<SlowTopic> | undefined {
    if (this.#ancestors.isDue(now)) this.#owedCpuSeconds = 0;
    // Each once before any rests for minutes; then they rest for what all of them together cost.
    const unread = this.#targets.nextUnread();
    if (unread !== undefined) return { topic: 'statReads', args: { memory, targets: [unread], asked: false } };
    if (this.#ancestors.isDue(now) || this.#statReadsCpuSeconds < (this.#options.reportCpuSeconds ?? 0)) {
      const ancestor = this.#targets.nextAncestor(now, PERIOD_SECONDS.statReads);
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

  /** A walk that has not ended goes on as soon as its share allows it. */
  #paceWalk(run: Extract<AnyRun, { topic: 'walk' }>, cost: number, ran: Ran): void {
    const most = (this.#options.budgetPct / 100) * WALK_PART;
    const parts = !this.#countsOften ? { names: 0, counters: 1 } : this.#fewDie ? FEW_DIE : MANY_DIE;
    const [isWhole, goesOn] = [run.args.namesOnly !== true, run.sample.until !== undefined];
    const part = most * (isWhole ? parts.counters : parts.names);
    const paced = (pace: Pace, periodSeconds: number) => ran(pace, goesOn ? 0 : periodSeconds, part, cost);
    if (!isWhole) {
      const load = paced(this.#namesWalk, PERIOD_SECONDS.walk);
      this.#namesLoad = goesOn ? part : load;
      return;
    }
    const [often, seldom] = [paced(this.#walk, PERIOD_SECONDS.walk), paced(this.#seldomWalk, PERIOD_SECONDS.counters)];
    this.#walkLoad = goesOn ? part : this.#fewDie ? seldom : often;
    // It counts as well, and what a count alone costs is not known by it.
    if (!goesOn) ran(this.#namesWalk, PERIOD_SECONDS.walk, most, 0);
  }

  #pace(run: AnyRun<SlowTopic>): void {
    const [started, ended] = [run.started.monotonicSeconds, run.ended.monotonicSeconds];
    const measured = knownOr(run.cpuSeconds, ended - started);
    const budget = this.#options.budgetPct / 100;
    const ran: Ran = (pace, periodSeconds, share, cost) => {
      pace.ran({ periodSeconds, share }, started, ended, cost);
      return periodSeconds === 0 ? 0 : Math.min(share, cost / periodSeconds);
    };
    switch (run.topic) {
      case 'walk':
        this.#paceWalk(run, measured, ran);
        break;
      case 'slabinfo':
        this.#slabinfoLoad = ran(this.#slabinfo, PERIOD_SECONDS.slabinfo, budget * SLABINFO_PART, measured);
        break;
      case 'kinds': {
        this.#explained = run.args.parents;
        const cost = declaredCost(run.sample.below, measured);
        this.#kindsLoad = ran(this.#kinds, PERIOD_SECONDS.kinds, budget * KINDS_PART, cost);
        break;
      }
      case 'statReads': {
        const cost = declaredCost(run.sample.reads, measured);
        this.#statReadsCpuSeconds += cost;
        this.#fall.read();
        if (run.args.asked) break;
        const left = budget - this.#walkLoad - this.#namesLoad - this.#slabinfoLoad - this.#kindsLoad;
        // A single leaf is one of the leaves all the same: else these would never rest where there is only one.
        if (run.args.targets.every((target) => this.#targets.isAncestor(target))) {
          this.#owedCpuSeconds += cost;
          ran(this.#ancestors, 0, left, this.#owedCpuSeconds);
        } else ran(this.#leaves, LEAVES_AT_ONCE, left, measured);
      }
    }
  }
}

function walkedTo(names: string | undefined, counters: string | undefined) {
  return { ...(names === undefined ? {} : { names }), ...(counters === undefined ? {} : { counters }) };
}

/** What the reads say they cost, which on a fixture is declared and not slept; else the CPU time of the run. */
function declaredCost(reads: readonly Pick<StatRead, 'cpuSeconds'>[], cpuSeconds: number): number {
  return reads.reduce((sum, read) => sum + knownOr(read.cpuSeconds, 0), 0) || cpuSeconds;
}
