import type { Instant, MonotonicSeconds } from '../core/clock.ts';
import { isMissing, knownOr, type Maybe } from '../core/missing.ts';
import { PERIOD_SECONDS } from '../core/period.ts';
import { isRootRead } from '../core/root-cgroup.ts';
import type { MemoryHierarchy } from './args.ts';
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
const SLABINFO_PART = 1 / 6;
const KINDS_PART = 1 / 6;

/** A walk takes so many cgroups at a time: about a second of CPU, after which other reads have their turn. */
const WALK_SLICE = 20_000;

/** What kinds of pages the dying hold is asked for of so many parents at once. */
const MOST_EXPLAINED = 4;

/** Decides what the slow lane reads next, and keeps it within its share of a core. */
export class SlowPlan {
  readonly #options: SlowPlanOptions;
  readonly #targets = new StatTargets();
  readonly #slabinfo = new Pace();
  readonly #walk = new Pace();
  readonly #ancestors = new Pace(1);
  readonly #leaves = new Pace(1);
  readonly #kinds = new Pace(1);
  #asked: StatTarget[] = [];
  /** CPU seconds per second that each takes at its present rhythm. */
  #walkLoad = 0;
  #slabinfoLoad = 0;
  #kindsLoad = 0;
  #statReadsCpuSeconds = 0;
  /** What ancestors have cost since they last had rested. */
  #owedCpuSeconds = 0;
  /** Parents below which the dying hold pages of a kind that is to be found out. */
  #toExplain: string[] = [];
  /** Where the slice of a walk ended that is to be gone on with. */
  #walkedTo: string | undefined;
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
    if (this.#walk.isDue(now) || (this.#walkedTo !== undefined && this.#options.reportCpuSeconds !== undefined)) {
      const after = this.#walkedTo === undefined ? {} : { after: this.#walkedTo };
      return { topic: 'walk', args: { memory, most: WALK_SLICE, ...after } };
    }
    return slabinfo() ?? (resting ? undefined : this.#nextRead(now, memory));
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

  /** Takes what a run found and cost; a walk with the rows of all its slices so far. */
  learn(run: AnyRun<SlowTopic>): void {
    this.#pace(run);
    if (run.topic === 'walk') {
      this.#walkedTo = run.sample.until;
      this.#targets.learn(run.args.memory, run.sample.rows);
      if (run.sample.until === undefined) {
        this.#toExplain = parentsHoldingPages(run.sample.rows).slice(0, MOST_EXPLAINED);
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
    return [of('walk', this.#walk), of('slabinfo', this.#slabinfo), of('statReads', this.#ancestors)];
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

  #pace(run: AnyRun<SlowTopic>): void {
    const [started, ended] = [run.started.monotonicSeconds, run.ended.monotonicSeconds];
    const measured = knownOr(run.cpuSeconds, ended - started);
    const budget = this.#options.budgetPct / 100;
    const ran = (pace: Pace, periodSeconds: number, share: number, cost: number) => {
      pace.ran({ periodSeconds, share }, started, ended, cost);
      return periodSeconds === 0 ? 0 : Math.min(share, cost / periodSeconds);
    };
    switch (run.topic) {
      case 'walk':
        // A walk that has not ended goes on as soon as its share allows it.
        if (run.sample.until === undefined) {
          this.#walkLoad = ran(this.#walk, PERIOD_SECONDS.walk, budget * WALK_PART, measured);
        } else {
          ran(this.#walk, 0, budget * WALK_PART, measured);
          this.#walkLoad = budget * WALK_PART;
        }
        break;
      case 'slabinfo':
        this.#slabinfoLoad = ran(this.#slabinfo, PERIOD_SECONDS.slabinfo, budget * SLABINFO_PART, measured);
        break;
      case 'kinds': {
        const cost = declaredCost(run.sample.below, measured);
        this.#kindsLoad = ran(this.#kinds, PERIOD_SECONDS.kinds, budget * KINDS_PART, cost);
        break;
      }
      case 'statReads': {
        const cost = declaredCost(run.sample.reads, measured);
        this.#statReadsCpuSeconds += cost;
        if (run.args.asked) break;
        const left = budget - this.#walkLoad - this.#slabinfoLoad - this.#kindsLoad;
        // A single leaf is one of the leaves all the same: else these would never rest where there is only one.
        if (run.args.targets.every((target) => this.#targets.isAncestor(target))) {
          this.#owedCpuSeconds += cost;
          ran(this.#ancestors, 0, left, this.#owedCpuSeconds);
        } else ran(this.#leaves, LEAVES_AT_ONCE, left, measured);
      }
    }
  }
}

/** What the reads say they cost, which on a fixture is declared and not slept; else the CPU time of the run. */
function declaredCost(reads: readonly Pick<StatRead, 'cpuSeconds'>[], cpuSeconds: number): number {
  return reads.reduce((sum, read) => sum + knownOr(read.cpuSeconds, 0), 0) || cpuSeconds;
}
