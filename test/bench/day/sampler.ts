import { encodeAnyRun, KEYED_TOPICS } from '../../../src/app/children/sampler/recorded-run.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { knownOr, type Maybe, missing } from '../../../src/core/missing.ts';
import { openHost } from '../../../src/host/open-host.ts';
import { cpuSecondsOfThread } from '../../../src/host/read-cost.ts';
import { BlockWriter } from '../../../src/recording/block-writer.ts';
import type { Chunk } from '../../../src/recording/chunk.ts';
import { RecordingHost } from '../../../src/recording/recording-host.ts';
import { Planner } from '../../../src/samplers/planner.ts';
import type { AnyRun, Job } from '../../../src/samplers/registry.ts';
import { instantOf, runJob } from '../../../src/samplers/run-job.ts';
import type { SentRun, Tick } from '../../../src/samplers/tick.ts';
import { WalkReceiver, WalkSender } from '../../../src/samplers/walk-changes.ts';

const BUDGET_PCT = 2;

/** What the sampler process does, both of its lanes, by a clock that stands still during a tick. */
export class DaySampler {
  readonly #host: RecordingHost;
  readonly #blocks: BlockWriter;
  readonly #planner: Planner;
  readonly #sent = new WalkSender();
  readonly #walks = new WalkReceiver();
  #runs: SentRun[] = [];
  #encoded: Uint8Array[] = [];
  #tick = 0;
  #spentCpuSeconds = 0;

  constructor(root: string, clock: Clock, onChunk: (chunk: Chunk) => void) {
    const host = openHost(root);
    // The tool's own processes are the node's here: what they use does not depend on how fast the day passes.
    this.#host = new RecordingHost({ ...host, clock, own: (path) => ({ ...host.read(path), question: 'own' }) });
    this.#blocks = new BlockWriter({ keyedTopics: KEYED_TOPICS, onChunk, onFailure: recordingFailed });
    const ownProcesses = [
      { role: 'screen', pid: 1 },
      { role: 'sampler', pid: 1 },
    ] as const;
    this.#planner = new Planner({ budgetPct: BUDGET_PCT, ownProcesses });
  }

  /** Samples what is due, records it, and answers what the screen would be sent. */
  async tick(): Promise<Tick> {
    this.#host.atTick(this.#tick);
    const instant = instantOf(this.#host);
    for (let job = this.#planner.nextFast(instant); job !== undefined; job = this.#planner.nextFast(instant)) {
      this.#run(job, notMeasured);
    }
    const now = instant.monotonicSeconds;
    for (let job = this.#planner.nextSlow(now); job !== undefined; job = this.#planner.nextSlow(now)) {
      this.#spentCpuSeconds += this.#run(job, cpuSecondsOfThread);
    }
    const tick: Tick = {
      tick: this.#tick,
      instant,
      runs: this.#runs,
      probes: {
        kubelet: this.#planner.kubelet,
        next: this.#planner.next(instant),
        budgetPct: BUDGET_PCT,
        spentCpuSeconds: this.#spentCpuSeconds,
        lock: 'not-needed',
      },
      notes: [],
    };
    const probes = JSON.stringify(tick.probes);
    this.#blocks.write({ tick: this.#tick, instant, runs: this.#encoded, carried: [], probes, notes: [] });
    // A day passes in a minute: without it the compressor's work would pile up as it never does in the program.
    await this.#blocks.flush();
    this.#runs = [];
    this.#encoded = [];
    this.#tick += 1;
    return tick;
  }

  /** The answer is the CPU time that it took. */
  #run(job: Job, cpuSeconds: () => Maybe<number>): number {
    const run = runJob(this.#host, job, cpuSeconds);
    this.#encoded.push(encodeAnyRun(run, this.#host.takeReadings()));
    this.#take(run);
    return knownOr(run.cpuSeconds, 0);
  }

  #take(run: AnyRun): void {
    if (run.topic !== 'walk') {
      this.#planner.learn(run);
      this.#runs.push(run);
      return;
    }
    const sent = { ...run, sample: this.#sent.changes(run.sample) };
    this.#planner.learn({ ...run, sample: this.#walks.sample(sent.sample) });
    this.#runs.push(sent);
  }
}

/** As in the program: asking would cost as much as many runs of the fast lane. */
function notMeasured(): Maybe<number> {
  return missing('unsupported', 'not measured in the fast lane');
}

function recordingFailed(message: string): void {
  throw new Error(message);
}
