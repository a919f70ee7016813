import type { Note } from '../../src/core/note.ts';
import type { BlockWriter } from '../../src/recording/block-writer.ts';
import { RecordingHost } from '../../src/recording/recording-host.ts';
import { encodeRun } from '../../src/recording/run-codec.ts';
import { Planner } from '../../src/samplers/planner.ts';
import { type AnyRun, isSlow, type Job } from '../../src/samplers/registry.ts';
import { instantOf, runJob } from '../../src/samplers/run-job.ts';
import type { ProbeStatus } from '../../src/samplers/tick.ts';
import { type IncidentHost, READER_PID } from './incident-host.ts';
import { DROP_AT_SECONDS, DROP_SECONDS, frameSeconds } from './timeline.ts';

/** Cgroups are released some seconds after the write: when counts and the root are looked at again, as after any drop. */
const COUNT_AFTER_SECONDS = [1, 3, 5, 8, 12, 18, 25, 35, 45, 58];
const READ_AFTER_SECONDS = [2, 10, 30, 57];

interface Read {
  readonly run: AnyRun;
  readonly encoded: Uint8Array;
}

/** Films the incident: the sampler process's two lanes, in the incident's time. */
export class Camera {
  readonly #host: IncidentHost;
  readonly #recording: RecordingHost;
  readonly #blocks: BlockWriter;
  readonly #planner = new Planner({ budgetPct: 2, ownProcesses: [], pid: READER_PID });
  /** The slow read that is not over yet. */
  #inFlight: Read | undefined;
  /** When the slow lane is free again. */
  #freeSeconds = 0;
  #spentCpuSeconds = 0;

  constructor(host: IncidentHost, blocks: BlockWriter) {
    this.#host = host;
    this.#recording = new RecordingHost(host);
    this.#blocks = blocks;
  }

  film(): void {
    let before = 0;
    for (const [tick, seconds] of frameSeconds().entries()) {
      const slow = this.#slowLane(before, seconds);
      this.#host.goTo(seconds);
      const instant = instantOf(this.#host);
      const fast: Uint8Array[] = [];
      for (let job = this.#planner.nextFast(instant); job !== undefined; job = this.#planner.nextFast(instant)) {
        const { run, encoded } = this.#run(job);
        fast.push(encoded);
        this.#planner.learn(run);
      }
      this.#blocks.write({
        tick,
        instant,
        runs: [...slow, ...fast],
        carried: [],
        probes: JSON.stringify(this.#probes()),
        notes: this.#notes(before, seconds),
      });
      before = seconds;
    }
  }

  /** What the slow lane brought between two frames: one read at a time, and one may take longer than that. */
  #slowLane(from: number, until: number): Uint8Array[] {
    const done: Uint8Array[] = [];
    for (const after of COUNT_AFTER_SECONDS) if (isIn(after, from, until)) this.#planner.hurry();
    for (const after of READ_AFTER_SECONDS) {
      if (!isIn(after, from, until)) continue;
      this.#planner.ask([{ path: '/', file: 'memory.stat' }]);
      this.#freeSeconds = Math.max(this.#freeSeconds, DROP_AT_SECONDS + DROP_SECONDS + after);
    }
    for (;;) {
      if (this.#inFlight === undefined) {
        this.#host.goTo(Math.max(from, this.#freeSeconds));
        const job = this.#planner.nextSlow(this.#host.clock.monotonic());
        if (job === undefined) return done;
        this.#inFlight = this.#run(job);
        this.#freeSeconds = this.#host.seconds;
      }
      const { run, encoded } = this.#inFlight;
      // Written with the frame after its end; until then it is in flight.
      if (this.#freeSeconds > until) return done;
      this.#inFlight = undefined;
      this.#planner.learn(run);
      this.#spentCpuSeconds += typeof run.cpuSeconds === 'number' ? run.cpuSeconds : 0;
      done.push(encoded);
    }
  }

  #run(job: Job): Read {
    const run = runJob(this.#recording, job, () => cpuOf(this.#host.seconds));
    const { topic, args, started, ended, cpuSeconds } = run;
    const readings = this.#recording.takeReadings();
    const encoded = encodeRun({ topic, args: JSON.stringify(args), started, ended, cpuSeconds, readings });
    return { run, encoded };
  }

  #probes(): ProbeStatus {
    const run = this.#inFlight?.run;
    const target = run?.topic === 'statReads' ? run.args.targets[0] : undefined;
    const what = target === undefined ? run?.topic : `${target.file} of ${target.path}`;
    const inFlight =
      run === undefined || what === undefined || !isSlow(run.topic)
        ? {}
        : { inFlight: { topic: run.topic, what, ...target, since: run.started } };
    return {
      kubelet: this.#planner.kubelet,
      ...inFlight,
      next: this.#planner.next(instantOf(this.#host)),
      budgetPct: 2,
      spentCpuSeconds: Math.round(this.#spentCpuSeconds * 1e4) / 1e4,
      lock: 'held',
    };
  }

  #notes(from: number, until: number): Note[] {
    const begun = DROP_AT_SECONDS;
    const over = DROP_AT_SECONDS + DROP_SECONDS;
    const note = (phase: 'dropping' | 'done', seconds: number): Note => ({
      kind: 'drop',
      id: 'recorded',
      at: this.#host.clock.now() - Math.round((until - seconds) * 1000),
      request: { mode: 2, sync: false },
      phase,
      writeSeconds: phase === 'done' ? DROP_SECONDS : { unavailable: 'warming-up', detail: 'the write is not over' },
      rehearsal: false,
    });
    const notes: Note[] = [];
    if (from < begun && begun <= until) notes.push(note('dropping', begun));
    if (from < over && over <= until) notes.push(note('done', over));
    return notes;
  }
}

function isIn(afterDrop: number, from: number, until: number): boolean {
  const at = DROP_AT_SECONDS + DROP_SECONDS + afterDrop;
  return from < at && at <= until;
}

/** All time that passes in this host is CPU time of its reads. */
function cpuOf(seconds: number): number {
  return seconds;
}
