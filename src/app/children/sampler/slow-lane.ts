import type { Worker } from 'node:worker_threads';
import type { Instant } from '../../../core/clock.ts';
import type { Job, SlowTopic } from '../../../samplers/registry.ts';
import type { InFlight } from '../../../samplers/tick.ts';
import { startOwnThread } from '../own-process.ts';
import type { LaneDone, LaneJob } from './protocol.ts';
import type { SlowLaneData } from './slow-lane-worker.ts';

/** The job that runs, and how many timed reads had begun before it. */
interface LaneWork {
  readonly job: Job<SlowTopic>;
  readonly since: Instant;
  readonly begunBefore: number;
}

/** The thread that makes the slow reads, seen from the one that must not wait for them. */
export class SlowLane {
  readonly #worker: Worker;
  readonly #begun = new Int32Array(new SharedArrayBuffer(4));
  #job: LaneWork | undefined;

  /** `onDone` gets every run; `onDeath` the reason if the thread itself ends. */
  constructor(root: string, onDone: (done: LaneDone) => void, onDeath: (error: Error) => void) {
    const workerData: SlowLaneData = { lane: 'slow', root, begun: this.#begun.buffer as SharedArrayBuffer };
    this.#worker = startOwnThread(workerData);
    this.#worker.on('message', (done: LaneDone) => {
      this.#job = undefined;
      onDone(done);
    });
    this.#worker.on('error', onDeath);
  }

  /** Whether it waits for a job. */
  get idle(): boolean {
    return this.#job === undefined;
  }

  /** Starts a job; the lane must be idle. */
  start(job: Job<SlowTopic>, since: Instant, tick: number): void {
    this.#job = { job, since, begunBefore: Atomics.load(this.#begun, 0) };
    const message: LaneJob = { job, tick };
    this.#worker.postMessage(message);
  }

  /** What is being read now, and since when. */
  get inFlight(): InFlight | undefined {
    return this.#job === undefined ? undefined : this.#reading(this.#job);
  }

  #reading({ job, since, begunBefore }: LaneWork): InFlight | undefined {
    switch (job.topic) {
      case 'walk':
        return { topic: job.topic, what: 'walk of the memory cgroups', since };
      case 'slabinfo':
        return { topic: job.topic, what: '/proc/slabinfo', since };
      case 'kinds':
        return { topic: job.topic, what: `memory.stat of ${job.args.parents.join(', ')} and what is below`, since };
      case 'statReads': {
        const step = Math.max(0, Atomics.load(this.#begun, 0) - begunBefore - 1);
        const target = job.args.targets[step] ?? job.args.targets[0];
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
}
