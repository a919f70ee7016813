import type { EpochMs } from '../core/clock.ts';
import type { DropNote } from '../core/note.ts';
import type { Severity } from '../core/severity.ts';
import type { Diagnosis } from '../diagnosis/diagnose.ts';
import type { History } from '../model/history.ts';
import type { Model } from '../model/model.ts';
import type { ProfileState, TraceState } from './capture-state.ts';
import type { Dropping, Moment, Notice, Replaying, Size } from './state.ts';
import type { Key } from './terminal/key.ts';

/** Everything that can happen to the screen. */
export type Message =
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'model'; readonly model: Model; readonly history: History; readonly diagnosis: Diagnosis }
  /** The answer to a `look` effect. */
  | { readonly kind: 'past'; readonly moment: Moment }
  /**
   * Sent once a second between models: how long ago the newest came, by a clock that does not jump. The sampler
   * process has a monotonic clock of its own, so that no instant of the screen's can be compared with its instants.
   */
  | { readonly kind: 'clock'; readonly sinceModelSeconds: number }
  | { readonly kind: 'notice'; readonly text: string; readonly severity: Severity }
  /** That notice was shown for long enough. */
  | { readonly kind: 'notice-over'; readonly notice: Notice }
  /** Text that was pasted: no key of it acts. */
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'exported'; readonly path: string; readonly at: EpochMs }
  | { readonly kind: 'drop-progress'; readonly note: DropNote }
  /** Whether caches may be dropped became known, or changed. */
  | { readonly kind: 'dropping'; readonly dropping: Dropping }
  | { readonly kind: 'sampler-silent'; readonly seconds: number }
  | { readonly kind: 'sampler-back' }
  /** What the machine is made of became known. */
  | { readonly kind: 'machine'; readonly machine: string }
  | { readonly kind: 'interval'; readonly seconds: number }
  /** Where the replay stands now. */
  | { readonly kind: 'replay'; readonly replay: Replaying }
  | { readonly kind: 'profile'; readonly profile: ProfileState }
  | { readonly kind: 'trace'; readonly trace: TraceState };
