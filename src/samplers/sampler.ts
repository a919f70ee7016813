import type { Instant } from '../core/clock.ts';
import type { Maybe } from '../core/missing.ts';
import type { Host } from '../host/host.ts';

/**
 * A sampler turns one topic's kernel files into one sample. It has no state: the same arguments and the same answers
 * of the host give the same sample, which is what lets a recording be played again through the same code. Which
 * topics run when, and with which arguments, is decided by `Planner`.
 */
export interface Sampler<Args, Sample> {
  /** Checks arguments that come out of a recording; throws where they are of another form. */
  readonly parseArgs: (json: unknown) => Args;
  /** Asks the host and parses what it answers. Never throws on kernel text. */
  readonly sample: (host: Host, args: Args) => Sample;
}

/** One run of a sampler, as model and screen get it. */
export interface TopicRun<Topic, Args, Sample> {
  readonly topic: Topic;
  readonly args: Args;
  readonly started: Instant;
  readonly ended: Instant;
  /** CPU time of the sampling thread during the run. */
  readonly cpuSeconds: Maybe<number>;
  readonly sample: Sample;
}
