import type { Instant } from '../core/clock.ts';
import type { Maybe } from '../core/missing.ts';
import type { Note } from '../core/note.ts';
import type { KubeletFlavour } from '../sources/kubernetes/kubelet-flavour.ts';
import type { AnyRun, SlowTopic } from './registry.ts';
import type { WalkChanges } from './walk-changes.ts';

/** A read that has not come back yet: the time since `since` is a lower bound of what it will take. */
export interface InFlight {
  readonly topic: SlowTopic;
  /** What is being read, for a person: the cgroup and file, or what the topic does. */
  readonly what: string;
  /** The cgroup and the file, where it is one timed read. */
  readonly path?: string;
  readonly file?: string;
  readonly since: Instant;
}

/** Why the next probe comes when it does. */
export type DueBecause = 'period' | 'budget' | 'lock' | 'asked';

/** When a slow topic is read next. */
export interface NextProbe {
  readonly topic: SlowTopic;
  /** Seconds from the tick's instant; 0 while it waits for the lane to be free. */
  readonly inSeconds: number;
  readonly because: DueBecause;
}

/** How kubelet was found: by its flavour, or because the user named it. */
export interface FoundKubelet {
  readonly pid: number;
  readonly startTicks: number;
  readonly found: KubeletFlavour | 'named';
  /** Other processes that are kubelets too, as those inside of pods; none where this is the only one. */
  readonly others: readonly OtherKubelet[];
}

/** A kubelet that is not the node's own. */
export interface OtherKubelet {
  readonly pid: number;
  /** Its cgroup, of the memory hierarchy where there is one on its own. */
  readonly cgroup: Maybe<string>;
}

/** What the sampler process says of its own doings. */
export interface ProbeStatus {
  readonly kubelet: Maybe<FoundKubelet>;
  readonly inFlight?: InFlight;
  readonly next: readonly NextProbe[];
  /** Between two ticks; old recordings do not have it. */
  readonly intervalSeconds?: number;
  /** The largest share of one core that the slow lane takes, in percent. */
  readonly budgetPct: number;
  /** CPU seconds that all slow reads have used since the start, those that were asked for included. */
  readonly spentCpuSeconds: number;
  /** `held`: we probe. Otherwise the process that does; then slow reads are paused here. */
  readonly lock: 'held' | 'not-needed' | { readonly heldByPid: number };
}

/** A run as it crosses from the sampler process: a walk sends what changed since the walk before. */
export type SentRun =
  | Exclude<AnyRun, { topic: 'walk' }>
  | (Omit<Extract<AnyRun, { topic: 'walk' }>, 'sample'> & { readonly sample: WalkChanges });

/** What one tick of the sampler process brought. Everything the screen knows comes in this form. */
export interface Tick {
  /** Counts from 0 in each sampler process. */
  readonly tick: number;
  readonly instant: Instant;
  readonly runs: readonly SentRun[];
  readonly probes: ProbeStatus;
  readonly notes: readonly Note[];
}
