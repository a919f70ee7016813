import type { CaptureProgress } from '../core/capture-progress.ts';
import type { Profiled } from '../profile/profiled.ts';
import type { Traced } from '../trace/traced.ts';

/** The profile of the Profile pane, and where somebody is in it. */
export type ProfileState =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly origin: string; readonly progress: CaptureProgress | undefined }
  /** A sentence that names the way out. */
  | { readonly kind: 'failed'; readonly reason: string }
  | ShownProfile;

/** A profile that is shown. */
export interface ShownProfile {
  readonly kind: 'taken';
  readonly profiled: Profiled;
  /** Node of the call tree that has the full width; 0 is the whole profile. */
  readonly zoom: number;
  /** Node under the cursor. */
  readonly cursor: number;
  /** What the arrow keys move in. */
  readonly focus: 'flame' | 'top';
}

/** The trace of kubelet's system calls: what is going on, and the latest result. */
export interface TraceState {
  /** There while strace runs. */
  readonly running:
    | { readonly pid: number; readonly progress: CaptureProgress | undefined; readonly ending: boolean }
    | undefined;
  readonly result: Traced | undefined;
  /** Why the latest one has no result: a sentence that names the way out. */
  readonly failed: string | undefined;
}

/** A profile as it is first shown: all of it, the cursor on its root. */
export function shownProfile(profiled: Profiled): ShownProfile {
  return { kind: 'taken', profiled, zoom: 0, cursor: 0, focus: 'flame' };
}

/** No trace was taken yet. */
export const NO_TRACE: TraceState = { running: undefined, result: undefined, failed: undefined };
