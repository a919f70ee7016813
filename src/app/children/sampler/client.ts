import type { ChildProcess } from 'node:child_process';
import { systemErrorSentence } from '../../../core/errno.ts';
import { oneLine } from '../../../core/printable.ts';
import type { Chunk } from '../../../recording/chunk.ts';
import type { Tick } from '../../../samplers/tick.ts';
import type { ErrorLog } from '../../base/error-log.ts';
import { startOwnProcess } from '../own-process.ts';
import { takeEarlySampler } from './early-sampler.ts';
import { SAMPLER_ARGUMENT, type SamplerCommand, type SamplerConfig, type SamplerMessage } from './protocol.ts';

/** Waits before the sampler process is started again, in turn; the last repeats. */
const RESTART_AFTER_MS = [500, 2000, 10_000, 30_000];

/** One that ran this long was healthy: the next restart is quick again. */
const HEALTHY_AFTER_MS = 60_000;

/** A process that cannot say what it has within this time is left without it. */
const FINISH_PATIENCE_MS = 1000;

/** What the screen is told of its sampler process. */
export interface SamplerEvents {
  onTick(tick: Tick): void;
  /** The next chunk of what was read, compressed. */
  onChunk(chunk: Chunk): void;
  /** It ended, and is started again; nothing is known for a while. */
  onDeath(reason: string): void;
  /** The first one cannot work at all: the message is for the person. It is not started again. */
  onFailed(message: string): void;
}

/** The sampler process, seen from the screen. */
export class SamplerClient {
  readonly #events: SamplerEvents;
  readonly #log: ErrorLog;
  #config: SamplerConfig;
  #child: ChildProcess | undefined;
  #left = false;
  /** A tick has come: what it works on is what was asked for, whatever a later process cannot open. */
  #worked = false;
  #deaths = 0;
  #startedAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Notes that were made while no process was there to take them. */
  #waiting: SamplerCommand[] = [];
  #finished: (() => void) | undefined;

  constructor(config: SamplerConfig, events: SamplerEvents, log: ErrorLog) {
    this.#config = config;
    this.#events = events;
    this.#log = log;
    this.#start();
  }

  /** Tells the process something; an interval is remembered for one that is started later. */
  send(command: Exclude<SamplerCommand, { kind: 'start' }>): void {
    if (command.kind === 'interval') this.#config = { ...this.#config, intervalSeconds: command.seconds };
    const child = this.#child;
    if (child?.connected) child.send(command);
    else if (command.kind === 'note') this.#waiting.push(command);
  }

  /** Kills the process, which is started again: for one that has been silent for too long. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  /** Has the process send what it has recorded but not sent yet; waits a second at most. */
  flush(): Promise<void> {
    return this.#allSent('flush');
  }

  /** The same, and leaves it. */
  async finish(): Promise<void> {
    await this.#allSent('finish');
    this.leave();
  }

  async #allSent(kind: 'flush' | 'finish'): Promise<void> {
    if (!this.#child?.connected || this.#left) return;
    await new Promise<void>((settle) => {
      const patience = setTimeout(settle, FINISH_PATIENCE_MS);
      this.#finished = () => {
        clearTimeout(patience);
        settle();
      };
      this.send({ kind });
    });
  }

  /** Leaves the process behind: it ends as soon as the kernel lets it. */
  leave(): void {
    this.#left = true;
    clearTimeout(this.#timer);
    if (this.#child?.connected) this.#child.disconnect();
    // One that is stopped would stay for ever; continued, it sees that it was left.
    this.#child?.kill('SIGCONT');
  }

  #start(): void {
    this.#startedAtMs = performance.now();
    let child: ChildProcess;
    try {
      child = takeEarlySampler(this.#log.descriptor) ?? startOwnProcess(SAMPLER_ARGUMENT, this.#log.descriptor);
    } catch (error) {
      // A pids limit, or no descriptors left: whoever made this object is told when it has been made.
      const why = systemErrorSentence(error);
      if (why === undefined) throw error;
      setImmediate(() => this.#died(undefined, why));
      return;
    }
    this.#child = child;
    let reason: string | undefined;
    child.on('message', (message: SamplerMessage) => {
      if (this.#left) return;
      if (message.kind === 'finished') this.#finished?.();
      else if (message.kind === 'tick') this.#take(message.tick);
      else if (message.kind === 'chunk') this.#events.onChunk(message.chunk);
      else if (message.kind === 'dying' || this.#worked) reason = message.message;
      else {
        this.#left = true;
        this.#events.onFailed(message.message);
      }
    });
    child.on('error', (error) => this.#died(child, oneLine(systemErrorSentence(error) ?? error.message)));
    child.on('exit', (code, signal) => this.#died(child, reason ?? signal ?? `code ${code}`));
    const start: SamplerCommand = { kind: 'start', config: this.#config };
    // One that could not be started has no channel; why, it says with its error.
    if (child.connected) for (const command of [start, ...this.#waiting.splice(0)]) child.send(command);
  }

  #take(tick: Tick): void {
    this.#worked = true;
    this.#events.onTick(tick);
  }

  #died(child: ChildProcess | undefined, reason: string): void {
    if (this.#left || this.#child !== child) return;
    this.#child = undefined;
    if (performance.now() - this.#startedAtMs > HEALTHY_AFTER_MS) this.#deaths = 0;
    const afterMs = RESTART_AFTER_MS[Math.min(this.#deaths, RESTART_AFTER_MS.length - 1)];
    this.#deaths += 1;
    this.#events.onDeath(reason);
    if (!this.#left) this.#timer = setTimeout(() => this.#start(), afterMs);
  }
}
