import * as v from 'valibot';
import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import type { Note } from '../../core/note.ts';
import { oneLine } from '../../core/printable.ts';
import type { Frame, RecordedRun } from '../../recording/frame.ts';
import { ReplayHost } from '../../recording/replay-host.ts';
import { isInstant } from '../../recording/value-codec.ts';
import { type AnyRun, type ArgsOf, samplers, type Topic } from '../../samplers/registry.ts';
import type { SentRun, Tick } from '../../samplers/tick.ts';
import { WalkSender } from '../../samplers/walk-changes.ts';
import { parseStoredProbes } from './probe-status-schema.ts';

/**
 * Makes ticks of recorded frames again, by running the samplers of today on what was read then: a mended parser mends
 * old recordings. One per stretch of frames: walks are sent as differences to the walk before.
 */
export class TickReplayer {
  readonly #root: string;
  readonly #tell: (damage: string) => void;
  #walks = new WalkSender();
  #tick = -1;

  /** `root` is the recording's name; `tell` gets what is passed over, one line each. */
  constructor(root: string, tell: (damage: string) => void) {
    this.#root = root;
    this.#tell = tell;
  }

  /**
   * The tick of a frame. `withCarried` for the first of a stretch, which brings everything known before it. Missing,
   * and told, where the frame does not have the form of one: checksums say that it was written so, not by whom.
   */
  tick(frame: Frame, withCarried: boolean): Maybe<Tick> {
    const runs = withCarried ? [...frame.carried, ...frame.runs] : frame.runs;
    const { tick, instant } = frame;
    const probes = parseStoredProbes(frame.probes);
    if (isMissing(probes)) {
      this.#tell(`a frame is skipped: ${probes.detail}`);
      return probes;
    }
    // A sampler process that was started again counts from 0 and sends a whole walk first.
    if (tick <= this.#tick) this.#walks = new WalkSender();
    this.#tick = tick;
    const notes = frame.notes.filter((note) => this.#hasDate(note));
    return { tick, instant, runs: runs.flatMap((run) => this.#run(run)), probes, notes };
  }

  #hasDate(note: Note): boolean {
    const monotonicSeconds = note.kind === 'gap' ? note.monotonicSeconds : 0;
    if (isInstant({ at: note.at, monotonicSeconds })) return true;
    this.#tell(`a note (${note.kind}) is skipped: its time is no date`);
    return false;
  }

  #run(recorded: RecordedRun): SentRun[] {
    // A topic of a later version is skipped: everything else is still worth showing.
    if (!isTopic(recorded.topic)) return [];
    const run = replayRun(recorded, recorded.topic, this.#root);
    if (isMissing(run)) {
      this.#tell(`a run is skipped: ${run.detail}`);
      return [];
    }
    return [run.topic === 'walk' ? { ...run, sample: this.#walks.changes(run.sample) } : run];
  }
}

function isTopic(topic: string): topic is Topic {
  return Object.hasOwn(samplers, topic);
}

function replayRun<T extends Topic>(recorded: RecordedRun, topic: T, root: string): Maybe<AnyRun<T>> {
  const { started, ended, cpuSeconds } = recorded;
  const args = argsOf(recorded, topic);
  if (isMissing(args)) return args;
  const sample = samplers[topic].sample(new ReplayHost(recorded, root), args);
  const run: AnyRun<T> = { topic, args, started, ended, cpuSeconds, sample };
  return run;
}

function argsOf<T extends Topic>(recorded: RecordedRun, topic: T): Maybe<ArgsOf<T>> {
  try {
    return samplers[topic].parseArgs(JSON.parse(recorded.args));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error;
    return missing('malformed', oneLine(`the arguments of the sampler of ${topic}: ${error.message}`));
  }
}
