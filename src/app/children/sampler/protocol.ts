import type { Note } from '../../../core/note.ts';
import type { Chunk } from '../../../recording/chunk.ts';
import type { SlowTopic } from '../../../samplers/registry.ts';
import type { StatTarget } from '../../../samplers/stat-reads.ts';
import type { SentRun, Tick } from '../../../samplers/tick.ts';

/** The internal argument that makes this program a sampler process. */
export const SAMPLER_ARGUMENT = '__sampler';

/** What a sampler process is told once, as its first message. */
export interface SamplerConfig {
  /** The folder that stands for the node's `/`. */
  readonly root: string;
  readonly intervalSeconds: number;
  readonly budgetPct: number;
  /** From so many dying cgroups on what they hold is asked for with every walk, and not once a minute. */
  readonly dyingWarning: number;
  readonly pid?: number;
  readonly processName?: string;
  readonly nodeName?: string;
  readonly cgroupRoot?: string;
  /** Where the lock between instances is looked for instead of the node's `/run`. */
  readonly lockFile?: string;
  /** Never takes the lock; rests while another instance holds it. For a daemon: a person goes first. */
  readonly yields?: boolean;
  /** Beside another instance nothing slow is read here; with this, only while its root read is not older. */
  readonly toldForSeconds?: number;
  /** The process that draws, or prints. */
  readonly screenPid: number;
  /**
   * `live`: a tick per interval, whatever the slow lane does. `complete`: for reports; a tick ends when the slow lane
   * has read everything once, or after `patienceSeconds`. `check`: a tick per interval as well, and what a report reads;
   * whoever asked decides when enough was heard.
   */
  readonly mode: 'live' | 'complete' | 'check';
  readonly patienceSeconds: number;
}

/** What the screen tells a sampler process. */
export type SamplerCommand =
  | { readonly kind: 'start'; readonly config: SamplerConfig }
  | { readonly kind: 'interval'; readonly seconds: number }
  /** Time these files now; none given means the root's. */
  | { readonly kind: 'read'; readonly targets: readonly StatTarget[] }
  /** Walk and slabinfo now: the numbers before and after a drop; with `kinds` what pins the dying is found out again. */
  | { readonly kind: 'hurry'; readonly kinds?: true }
  /** Something was done: it goes into the next tick, and so into the recording. */
  | { readonly kind: 'note'; readonly note: Note }
  /** Send what was recorded and not sent yet, then say so; it goes on. */
  | { readonly kind: 'flush' }
  /** The recording ends: send what it has not sent yet, then say so. */
  | { readonly kind: 'finish' };

/** What a sampler process says. */
export type SamplerMessage =
  | { readonly kind: 'tick'; readonly tick: Tick }
  /** The next chunk of the recording: what was read, compressed. */
  | { readonly kind: 'chunk'; readonly chunk: Chunk }
  /** The answer to `flush` and `finish`: every chunk has been sent. */
  | { readonly kind: 'finished' }
  /** Something went wrong that may not go wrong again. It ends after this, and can be started again. */
  | { readonly kind: 'dying'; readonly message: string }
  /** It cannot work here at all, because the root is no fixture of ours. It ends after this. */
  | { readonly kind: 'failed'; readonly message: string };

/** What the slow lane brought. */
export interface LaneDone {
  readonly run: Extract<SentRun, { topic: SlowTopic }>;
  /** The run as it is recorded. */
  readonly encoded: Uint8Array;
}
