import type { Instant } from '../../../core/clock.ts';
import { knownOr } from '../../../core/missing.ts';
import type { Reading } from '../../../core/reading.ts';
import { openHost } from '../../../host/open-host.ts';
import { cpuSecondsOfRuns } from '../../../host/read-cost.ts';
import { RecordingHost } from '../../../recording/recording-host.ts';
import { type AnyRun, type Job, type SlowTopic, slowSamplers } from '../../../samplers/registry.ts';
import { instantOf } from '../../../samplers/run-job.ts';
import { type Steps, TURN } from '../../../samplers/steps.ts';
import type { InFlight } from '../../../samplers/tick.ts';
import { WalkSender } from '../../../samplers/walk-changes.ts';
import type { LaneDone } from './protocol.ts';
import { encodeAnyRun } from './recorded-run.ts';

/** So long it goes on before anything else has its turn: less than anybody notices. */
const TURN_MS = 5;

/** The job that runs, since when, and how many timed reads have begun. */
interface LaneWork {
  readonly job: Job<SlowTopic>;
  readonly since: Instant;
  begun: number;
}

/**
 * Makes the slow reads, one at a time, beside everything else that this thread does: a read is made on another thread
 * and waited for, and a walk is made in turns. A read that hangs holds up nothing but this.
 */
export class SlowLane {
  readonly #host: RecordingHost;
  readonly #walks = new WalkSender();
  readonly #onDone: (done: LaneDone) => void;
  readonly #onDeath: (error: Error) => void;
  #work: LaneWork | undefined;

  /** `onDone` gets every run; `onDeath` what cannot happen. */
  constructor(root: string, onDone: (done: LaneDone) => void, onDeath: (error: Error) => void) {
    this.#host = new RecordingHost(openHost(root));
    this.#onDone = onDone;
    this.#onDeath = onDeath;
  }

  /** Whether it waits for a job. */
  get idle(): boolean {
    return this.#work === undefined;
  }

  /** Starts a job; the lane must be idle. */
  start(job: Job<SlowTopic>, since: Instant, tick: number): void {
    const work: LaneWork = { job, since, begun: 0 };
    this.#work = work;
    // Not within the tick that feeds it: the fast lane comes first.
    setImmediate(() => {
      this.#host.atTick(tick);
      this.#run(job, work).then(
        (run) => {
          this.#work = undefined;
          this.#onDone({ run: this.#sent(run), encoded: encodeAnyRun(run, this.#host.takeReadings()) });
        },
        (error: unknown) => this.#onDeath(error instanceof Error ? error : new Error(String(error))),
      );
    });
  }

  /** What is being read now, and since when. */
  get inFlight(): InFlight | undefined {
    return this.#work === undefined ? undefined : reading(this.#work);
  }

  async #run<T extends SlowTopic>(job: Job<T>, work: LaneWork): Promise<AnyRun<T>> {
    const started = instantOf(this.#host);
    const { sample, cpuSeconds } = await this.#stepped(slowSamplers[job.topic].steps(this.#host, job.args), work);
    return { topic: job.topic, args: job.args, started, ended: instantOf(this.#host), cpuSeconds, sample };
  }

  /** The CPU time is that of its own turns on this thread and of the reads on the other. */
  async #stepped<Sample>(steps: Steps<Sample>, work: LaneWork): Promise<{ sample: Sample; cpuSeconds: number }> {
    let cpuSeconds = 0;
    let answered: Reading | undefined;
    for (;;) {
      const turn = takeTurn(steps, answered);
      cpuSeconds += turn.cpuSeconds;
      if (turn.next.done === true) return { sample: turn.next.value, cpuSeconds };
      answered = undefined;
      if (turn.next.value === TURN) await new Promise((settle) => setImmediate(settle));
      else {
        work.begun += 1;
        answered = await this.#host.timedLater(turn.next.value.timed);
        cpuSeconds += costOf(answered);
      }
    }
  }

  /** A run as it is sent: a walk as what changed since the walk before. */
  #sent(run: AnyRun<SlowTopic>): LaneDone['run'] {
    return run.topic === 'walk' ? { ...run, sample: this.#walks.changes(run.sample) } : run;
  }
}

/** Goes on until there is something to wait for, or its time is over. */
function takeTurn<Sample>(steps: Steps<Sample>, answered: Reading | undefined) {
  const startedMs = performance.now();
  const cpuBefore = cpuSecondsOfRuns();
  let next = steps.next(answered);
  while (next.done !== true && next.value === TURN && performance.now() - startedMs < TURN_MS) next = steps.next();
  return { next, cpuSeconds: Math.max(0, cpuSecondsOfRuns() - cpuBefore) };
}

/** A read that is too short to be told its CPU time took its time. */
function costOf({ cost }: Reading): number {
  return knownOr(cost?.cpuSeconds ?? 0, knownOr(cost?.wallSeconds ?? 0, 0));
}

function reading({ job, since, begun }: LaneWork): InFlight | undefined {
  switch (job.topic) {
    case 'walk':
      return { topic: job.topic, what: 'walk of the memory cgroups', since };
    case 'slabinfo':
      return { topic: job.topic, what: '/proc/slabinfo', since };
    case 'kinds':
      return { topic: job.topic, what: `memory.stat of ${job.args.parents.join(', ')} and what is below`, since };
    case 'statReads': {
      const target = job.args.targets[Math.max(0, begun - 1)] ?? job.args.targets[0];
      if (target === undefined) return undefined;
      return {
        topic: job.topic,
        what: `${target.file} of ${target.path}`,
        path: target.path,
        file: target.file,
        since,
      };
    }
  }
}
