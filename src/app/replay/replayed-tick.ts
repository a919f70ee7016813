import type { Frame, RecordedRun } from '../../recording/frame.ts';
import { ReplayHost } from '../../recording/replay-host.ts';
import type { ProbeStatus, SentRun, Tick } from '../../samplers/tick.ts';
import { type AnyRun, samplers, type Topic } from '../../samplers/topics.ts';
import { WalkSender } from '../../samplers/walk-changes.ts';

/**
 * Makes ticks of recorded frames again, by running the samplers of today on what was read then: a mended parser mends
 * old recordings. One per stretch of frames: walks are sent as differences to the walk before.
 */
export class TickReplayer {
  readonly #root: string;
  #walks = new WalkSender();
  #tick = -1;

  /** `root` is the recording's name. */
  constructor(root: string) {
    this.#root = root;
  }

  /** The tick of a frame. `withCarried` for the first of a stretch, which brings everything known before it. */
  tick(frame: Frame, withCarried: boolean): Tick {
    const runs = withCarried ? [...frame.carried, ...frame.runs] : frame.runs;
    // Written by our own sampler process of this or an earlier version; it is shown, and decides nothing.
    const probes: ProbeStatus = JSON.parse(frame.probes);
    const { tick, instant, notes } = frame;
    // A sampler process that was started again counts from 0 and sends a whole walk first.
    if (tick <= this.#tick) this.#walks = new WalkSender();
    this.#tick = tick;
    return { tick, instant, runs: runs.flatMap((run) => this.#run(run)), probes, notes };
  }

  #run(recorded: RecordedRun): SentRun[] {
    // A topic of a later version is passed over: everything else is still worth showing.
    if (!isTopic(recorded.topic)) return [];
    const run = replayRun(recorded, recorded.topic, this.#root);
    return [run.topic === 'walk' ? { ...run, sample: this.#walks.changes(run.sample) } : run];
  }
}

function isTopic(topic: string): topic is Topic {
  return Object.hasOwn(samplers, topic);
}

function replayRun<T extends Topic>(recorded: RecordedRun, topic: T, root: string): AnyRun<T> {
  const { started, ended, cpuSeconds } = recorded;
  const args = samplers[topic].parseArgs(JSON.parse(recorded.args));
  const sample = samplers[topic].sample(new ReplayHost(recorded, root), args);
  return { topic, args, started, ended, cpuSeconds, sample };
}
