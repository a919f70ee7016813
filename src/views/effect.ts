import type { DropRequest } from '../core/note.ts';
import type { ReadModel } from '../model/model.ts';

/** What a replay is to do. */
export type ReplayWish =
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  /** Frames, back or on. */
  | { readonly kind: 'step'; readonly steps: -1 | 1 }
  | { readonly kind: 'move'; readonly seconds: number }
  /** A time as a person types it. */
  | { readonly kind: 'go-to'; readonly text: string }
  | { readonly kind: 'faster' }
  | { readonly kind: 'slower' }
  | { readonly kind: 'next-event' }
  | { readonly kind: 'previous-event' };

/** How far to look from the moment that is shown: a frame, or seconds. */
export type Distance = { readonly steps: -1 | 1 } | { readonly seconds: number };

/** What the screen wants done; `app` does it. */
export type Effect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'redraw' }
  /** Put this on the terminal's clipboard. */
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'set-interval'; readonly seconds: number }
  /** Time these files now; none given means the root's. */
  | { readonly kind: 'read'; readonly targets: readonly { readonly path: string; readonly file: ReadModel['file'] }[] }
  | { readonly kind: 'drop'; readonly request: DropRequest }
  | { readonly kind: 'export' }
  /** Run strace on that process; answered by `trace` messages. */
  | { readonly kind: 'trace'; readonly pid: number; readonly startTicks: number; readonly seconds: number }
  | { readonly kind: 'cancel-trace' }
  | { readonly kind: 'replay'; readonly wish: ReplayWish }
  /** Find the model that stands so far from the one that is looked at; answered by `past` messages or a notice. */
  | { readonly kind: 'look'; readonly by: Distance };
