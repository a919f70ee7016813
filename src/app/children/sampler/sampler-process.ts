import { join } from 'node:path';
import type { Instant } from '../../../core/clock.ts';
import { systemErrorSentence } from '../../../core/errno.ts';
import { knownOr } from '../../../core/missing.ts';
import type { Note } from '../../../core/note.ts';
import { oneLine } from '../../../core/printable.ts';
import { isRootRead } from '../../../core/root-cgroup.ts';
import { openHost } from '../../../host/open-host.ts';
import { cpuSecondsOfRuns } from '../../../host/read-cost.ts';
import { BlockWriter } from '../../../recording/block-writer.ts';
import { RecordingHost } from '../../../recording/recording-host.ts';
import { OWN_DROPS_FILE, PLAYED_OWN_DROPS_FILE } from '../../../samplers/own-drops.ts';
import type { LockContent } from '../../../samplers/peer-lock.ts';
import { Planner } from '../../../samplers/planner.ts';
import { isSlow, type Job, type SlowTopic } from '../../../samplers/registry.ts';
import { instantOf, runJob } from '../../../samplers/run-job.ts';
import type { ProbeStatus, SentRun, Tick } from '../../../samplers/tick.ts';
import { WalkReceiver } from '../../../samplers/walk-changes.ts';
import { logLine } from '../../base/error-log.ts';
import { type LockState, ProberLock } from './prober-lock.ts';
import type { LaneDone, SamplerCommand, SamplerConfig, SamplerMessage } from './protocol.ts';
import { encodeAnyRun, KEYED_TOPICS } from './recorded-run.ts';
import { SlowLane } from './slow-lane.ts';
import { ToldReads } from './told-reads.ts';

/** More messages than this on their way mean that the screen is stopped (^Z): then nothing is sampled. */
const MOST_UNSENT = 8;

/** A report reads ancestors until they have cost this much CPU time: all of them on a healthy node, one on a sick one. */
const REPORT_CPU_SECONDS = 2;

/** How often the lock is looked at, and told what was read. */
const LOCK_PERIOD_SECONDS = 5;

/** The sampler process: waits for its configuration, then samples until its parent leaves. */
export function runSamplerProcess(): void {
  let sampler: Sampling | undefined;
  process.on('message', (command: SamplerCommand) => {
    if (command.kind === 'start') sampler = started(command.config);
    else sampler?.obey(command);
  });
  process.on('disconnect', () => {
    sampler?.release();
    // A worker inside a slow read would keep `process.exit` waiting for it. The kernel ends us as soon as it can.
    process.kill(process.pid, 'SIGKILL');
  });
  process.on('uncaughtException', die);
}

function send(message: SamplerMessage, sent: () => void = () => {}): void {
  process.send?.(message, sent);
}

/** What cannot be opened now may be tomorrow; a root that is no fixture of ours stays none. */
function started(config: SamplerConfig): Sampling | undefined {
  try {
    return new Sampling(config);
  } catch (error) {
    if (!(error instanceof Error) || 'code' in error) throw error;
    end({ kind: 'failed', message: error.message });
    return undefined;
  }
}

/** Whatever it was, the next one may come further: no descriptors, no room, no more processes. */
function die(error: Error): void {
  logLine(2, error.stack ?? error.message);
  end({ kind: 'dying', message: oneLine(systemErrorSentence(error) ?? error.message) });
}

function end(message: SamplerMessage): void {
  send(message, () => process.kill(process.pid, 'SIGKILL'));
}

class Sampling {
  readonly #config: SamplerConfig;
  readonly #host: RecordingHost;
  readonly #blocks: BlockWriter;
  readonly #planner: Planner;
  readonly #lane: SlowLane;
  readonly #lock: ProberLock;
  readonly #walks = new WalkReceiver();
  #lockState: LockState = 'not-needed';
  #lockLookedAt = Number.NEGATIVE_INFINITY;
  #sinceEpochMs: number;
  readonly #told = new ToldReads();
  #intervalSeconds: number;
  #tick = 0;
  #tickInstant: Instant;
  #runs: SentRun[] = [];
  #encoded: Uint8Array[] = [];
  #notes: Note[] = [];
  #spentCpuSeconds = 0;
  #unsent = 0;
  #timer: NodeJS.Timeout | undefined;
  /** In `complete` mode: until when the tick waits for the slow lane; undefined while it does not. */
  #completeBy: number | undefined;

  constructor(config: SamplerConfig) {
    this.#config = config;
    this.#intervalSeconds = config.intervalSeconds;
    this.#host = new RecordingHost(openHost(config.root));
    this.#blocks = new BlockWriter({
      keyedTopics: KEYED_TOPICS,
      onChunk: (chunk) => send({ kind: 'chunk', chunk }),
      onFailure: (message) => logLine(2, `recording: ${message}`),
    });
    this.#lane = new SlowLane(config.root, (done) => this.#laneDone(done), die);
    this.#lock = lockOf(this.#host, config);
    this.#planner = new Planner({
      ...config,
      ...ownDropsOf(this.#host),
      ...(config.mode !== 'live' ? { reportCpuSeconds: REPORT_CPU_SECONDS } : {}),
      ownProcesses: [
        { role: 'screen', pid: config.screenPid },
        { role: 'sampler', pid: process.pid },
      ],
    });
    this.#sinceEpochMs = this.#host.clock.now();
    this.#tickInstant = instantOf(this.#host);
    this.#beginTick();
  }

  obey(command: Exclude<SamplerCommand, { kind: 'start' }>): void {
    switch (command.kind) {
      case 'interval':
        this.#intervalSeconds = command.seconds;
        this.#tickAfter(command.seconds * 1000);
        break;
      case 'read':
        this.#planner.ask(command.targets);
        this.#feedLane();
        break;
      case 'hurry':
        this.#planner.hurry();
        if (command.kinds === true) this.#planner.hurryKinds();
        this.#feedLane();
        break;
      case 'note':
        this.#notes.push(command.note);
        break;
      case 'flush':
        void this.#blocks.flush().then(() => send({ kind: 'finished' }));
        break;
      case 'finish':
        clearTimeout(this.#timer);
        void this.#blocks.close().then(() => send({ kind: 'finished' }));
        break;
    }
  }

  release(): void {
    this.#lock.release();
  }

  #beginTick(): void {
    const startedMs = performance.now();
    if (this.#unsent <= MOST_UNSENT) {
      this.#host.atTick(this.#tick);
      this.#tickInstant = instantOf(this.#host);
      this.#lookAtLock();
      if (this.#config.mode !== 'live') this.#planner.hurryRates();
      for (let job = this.#planner.nextFast(this.#tickInstant); job; job = this.#planner.nextFast(this.#tickInstant)) {
        this.#runFast(job);
      }
      if (this.#config.mode === 'complete') {
        this.#completeBy = startedMs + this.#config.patienceSeconds * 1000;
        this.#planner.hurry();
      }
      this.#feedLane();
      if (this.#config.mode !== 'complete') this.#sendTick();
      else this.#finishWhenComplete();
    }
    if (this.#config.mode === 'complete') return;
    const spentMs = performance.now() - startedMs;
    this.#tickAfter(Math.max(1, this.#intervalSeconds * 1000 - spentMs));
  }

  #runFast(job: Job): void {
    if (isSlow(job.topic)) return;
    const run = runJob(this.#host, job, cpuSecondsOfRuns);
    this.#encoded.push(encodeAnyRun(run, this.#host.takeReadings()));
    this.#planner.learn(run);
    if (run.topic !== 'walk') this.#runs.push(run);
  }

  #feedLane(): void {
    if (!this.#lane.idle) return;
    const instant = instantOf(this.#host);
    const job = this.#planner.nextSlow(instant.monotonicSeconds);
    if (job !== undefined && isSlowJob(job)) this.#lane.start(job, instant, this.#tick);
  }

  #laneDone({ run, encoded }: LaneDone): void {
    this.#runs.push(run);
    this.#encoded.push(encoded);
    this.#planner.learn(run.topic === 'walk' ? { ...run, sample: this.#walks.sample(run.sample) } : run);
    this.#spentCpuSeconds += knownOr(run.cpuSeconds, 0);
    if (run.topic === 'statReads') for (const read of run.sample.reads) this.#told.take(read, run.ended);
    this.#feedLane();
    this.#finishWhenComplete();
  }

  /** In a report's tick: sends it as soon as the slow lane has nothing left to do, or its patience is over. */
  #finishWhenComplete(): void {
    if (this.#completeBy === undefined) return;
    clearTimeout(this.#timer);
    const leftMs = this.#completeBy - performance.now();
    if (!this.#lane.idle && leftMs > 0) {
      this.#timer = setTimeout(() => this.#finishWhenComplete(), leftMs + 1);
      return;
    }
    this.#completeBy = undefined;
    this.#sendTick();
    this.#tickAfter(this.#intervalSeconds * 1000);
  }

  /**
   * By way of `setImmediate`, before which Node looks at the pipe: one that was stopped while its screen was left ends
   * when it is continued, and reads nothing before.
   */
  #tickAfter(milliseconds: number): void {
    // What was asked for between the timer and its tick has set another.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => setImmediate(() => this.#beginTick()), milliseconds);
  }

  #sendTick(): void {
    const tick: Tick = {
      tick: this.#tick,
      instant: this.#tickInstant,
      runs: this.#runs,
      probes: this.#probes(),
      notes: this.#notes,
    };
    const { instant, notes } = tick;
    const probes = JSON.stringify(tick.probes);
    this.#blocks.write({ tick: this.#tick, instant, runs: this.#encoded, carried: [], probes, notes });
    this.#runs = [];
    this.#encoded = [];
    this.#notes = [];
    this.#tick += 1;
    this.#unsent += 1;
    send({ kind: 'tick', tick }, () => {
      this.#unsent -= 1;
    });
  }

  #probes(): ProbeStatus {
    const inFlight = this.#lane.inFlight;
    return {
      kubelet: this.#planner.kubelet,
      ...(inFlight === undefined ? {} : { inFlight }),
      next: this.#planner.next(this.#tickInstant),
      intervalSeconds: this.#intervalSeconds,
      budgetPct: this.#config.budgetPct,
      spentCpuSeconds: this.#spentCpuSeconds,
      lock: typeof this.#lockState === 'string' ? this.#lockState : { heldByPid: this.#lockState.holder.pid },
    };
  }

  #lookAtLock(): void {
    const now = this.#tickInstant.monotonicSeconds;
    if (now - this.#lockLookedAt < LOCK_PERIOD_SECONDS) return;
    this.#lockLookedAt = now;
    const told = {
      sinceEpochMs: this.#sinceEpochMs,
      budgetPct: this.#config.budgetPct,
      periodSeconds: Math.max(LOCK_PERIOD_SECONDS, this.#intervalSeconds),
      reads: this.#told.reads,
    };
    this.#lockState = this.#config.yields === true ? this.#lock.look() : this.#lock.keep(told);
    if (typeof this.#lockState === 'string') this.#planner.setNeighbour(undefined);
    else this.#planner.setNeighbour(this.#lockState.file, this.#isTold(this.#lockState.holder));
  }

  /** Whether what the other instance tells is new enough for us to read nothing ourselves. */
  #isTold({ reads }: LockContent): boolean {
    const { toldForSeconds } = this.#config;
    if (toldForSeconds === undefined) return true;
    const root = reads.find((read) => isRootRead(read));
    const ageSeconds = root === undefined ? undefined : (this.#host.clock.now() - root.atEpochMs) / 1000;
    return ageSeconds !== undefined && ageSeconds > -1 && ageSeconds <= toldForSeconds;
  }
}

/** Only where something can be dropped. */
function ownDropsOf({ origin }: RecordingHost): { readonly ownDropsFile?: string } {
  if (origin.plays) return { ownDropsFile: PLAYED_OWN_DROPS_FILE };
  return origin.kind === 'live' ? { ownDropsFile: OWN_DROPS_FILE } : {};
}

/** A fixture is locked only where it plays, in its own folder: its readers are processes of this machine. */
function lockOf({ origin, clock }: RecordingHost, { root, lockFile }: SamplerConfig): ProberLock {
  if (origin.plays) return new ProberLock('/', lockFile ?? join(root, 'slabtop-k8s.lock'), clock);
  return new ProberLock(origin.kind === 'fixture' ? '/nonexistent' : root, lockFile, clock);
}

function isSlowJob(job: Job): job is Job<SlowTopic> {
  return isSlow(job.topic);
}
