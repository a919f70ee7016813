import type { EpochMs } from '../core/clock.ts';
import type { DropNote, DropRequest } from '../core/note.ts';
import type { Severity } from '../core/severity.ts';
import type { Diagnosis } from '../diagnosis/diagnose.ts';
import type { History } from '../model/history.ts';
import type { Model } from '../model/model.ts';
import { NO_TRACE, type ProfileState, type TraceState } from './capture-state.ts';

/** Every pane there can be; `panes.ts` lists those there are. `trace` is the second page of the Kubelet pane. */
export type PaneId = 'overview' | 'slabs' | 'cgroups' | 'kubelet' | 'trace' | 'profile' | 'advice' | 'events';

/** The size of the terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What graphs are drawn with. */
export type GraphStyle = 'braille' | 'block' | 'ascii';

/** How things are drawn. */
export interface Theme {
  /** Whether characters beyond ASCII may be used. */
  readonly unicode: boolean;
  readonly colour: boolean;
  readonly graph: GraphStyle;
}

/** Where a person is in a pane's table. */
export interface TableState {
  /** The row, by its number in the order shown; undefined until somebody moved, where a pane shows no cursor before. */
  readonly cursor: number | undefined;
  /** The first row shown. */
  readonly top: number;
  /** The column the rows are sorted by; undefined is the pane's own order. */
  readonly sort: string | undefined;
  readonly inverted: boolean;
  /** Only rows that contain this are shown. */
  readonly filter: string;
  /** Whether the row under the cursor is shown alone, with all about it. */
  readonly opened: boolean;
  /** Which row that is, where rows change their places; it stays when nothing is opened. */
  readonly openedKey?: string;
  /** Rows whose children are hidden, by their key. */
  readonly folded: ReadonlySet<string>;
}

/** Whether caches may be dropped here. */
export type Dropping =
  | { readonly kind: 'allowed' }
  /** The demo: the steps are played, nothing is written. */
  | { readonly kind: 'rehearsal' }
  /** One line: read-only, not root, the file is absent, a fixture. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The parts of the drop dialog that can have the focus. */
export type DropFocus = 'mode' | 'sync' | 'word' | 'cancel' | 'drop';

/** What lies over the panes. */
export type Dialog =
  /** Text that was copied, each of its lines whole: a command, a path; nothing runs it. `#` begins a remark. */
  | { readonly kind: 'command'; readonly title: string; readonly lines: readonly string[]; readonly top: number }
  | { readonly kind: 'help'; readonly top: number }
  /** Replay: the time to go to is typed. */
  | { readonly kind: 'go-to'; readonly text: string }
  | { readonly kind: 'trace-ask'; readonly focus: 'cancel' | 'trace' }
  | { readonly kind: 'trace-refused'; readonly reason: string }
  /** How far strace is. */
  | { readonly kind: 'trace-watch' }
  | { readonly kind: 'drop-refused'; readonly reason: string }
  | {
      readonly kind: 'drop-ask';
      readonly request: DropRequest;
      readonly focus: DropFocus;
      readonly word: string;
      /** The first of the lines above the question that is shown, where not all have room. */
      readonly top: number;
    }
  /** A drop that was asked for here: progress, and afterwards the numbers before and after. */
  | { readonly kind: 'drop-watch'; readonly id: string | undefined; readonly note: DropNote | undefined };

/** A line that passes: what was just done, or why it was not. Whoever has clocks takes it away. */
export interface Notice {
  readonly text: string;
  readonly severity: Severity;
  /** For how long it is shown. */
  readonly seconds: number;
}

/** A moment that is looked back at: that of the pause until another one was looked for. */
export interface Moment {
  readonly model: Model;
  /** What it means. */
  readonly diagnosis: Diagnosis;
}

/** Where a replay stands; the screen is the same, but for what its keys of time do. */
export interface Replaying {
  /** `replay`, or `demo`: the recorded incident. */
  readonly name: 'replay' | 'demo';
  readonly playing: boolean;
  /** 1 is as it was recorded. */
  readonly speed: number;
  readonly first: EpochMs;
  readonly last: EpochMs;
  /** The graphs still lack what was before the moment that was jumped to. */
  readonly filling: boolean;
  /** It stays at the end of a recording that is still written. */
  readonly following: boolean;
  /** What the recording says of where it comes from, where that has to be told. */
  readonly about: string | undefined;
}

/** Everything the screen is made from. */
export interface State {
  readonly size: Size;
  readonly theme: Theme;
  readonly pane: PaneId;
  readonly tables: Readonly<Record<PaneId, TableState>>;
  /** Whether the filter is being typed. */
  readonly typingFilter: boolean;
  /** The graph that `z` shows alone, by its number in its pane; undefined until somebody chose one. */
  readonly graph: number | undefined;
  readonly zoomed: boolean;
  readonly dialog: Dialog | undefined;
  readonly notice: Notice | undefined;
  readonly intervalSeconds: number;
  readonly dropping: Dropping;
  /** Undefined on the live screen. */
  readonly replay: Replaying | undefined;
  /** Replay and fixtures are named in the header. */
  readonly origin: 'live' | 'fixture' | 'replay';
  /** The newest; undefined until the first tick. */
  readonly model: Model | undefined;
  readonly history: History | undefined;
  /** Seconds since the newest model came, by the screen's own clock: a read in flight has run that much longer. */
  readonly sinceModelSeconds: number;
  readonly paused: Moment | undefined;
  /** What the newest model means; comes with it. */
  readonly diagnosis: Diagnosis | undefined;
  readonly profile: ProfileState;
  readonly trace: TraceState;
  /** What the machine is made of, in a line; asked once, after the first frame. */
  readonly machine: string | undefined;
  /** For how long the sampler process has said nothing; undefined while it speaks. */
  readonly samplerSilentSeconds: number | undefined;
  /** Files written on request, newest last; printed again after quitting. */
  readonly exported: readonly { readonly path: string; readonly at: EpochMs }[];
}

/** What the screen begins with. */
export interface InitialOptions {
  readonly size: Size;
  readonly theme: Theme;
  readonly intervalSeconds: number;
  readonly dropping: Dropping;
  readonly origin: State['origin'];
}

/** A table that nobody has moved in. */
export const FRESH_TABLE: TableState = {
  cursor: 0,
  top: 0,
  sort: undefined,
  inverted: false,
  filter: '',
  opened: false,
  folded: new Set(),
};

/** The state before anything is known. */
export function initialState(options: InitialOptions): State {
  return {
    ...options,
    pane: 'overview',
    tables: {
      overview: { ...FRESH_TABLE, cursor: undefined },
      slabs: FRESH_TABLE,
      cgroups: FRESH_TABLE,
      kubelet: FRESH_TABLE,
      trace: FRESH_TABLE,
      profile: FRESH_TABLE,
      advice: FRESH_TABLE,
      events: { ...FRESH_TABLE, cursor: undefined },
    },
    typingFilter: false,
    graph: undefined,
    zoomed: false,
    dialog: undefined,
    notice: undefined,
    replay: undefined,
    model: undefined,
    history: undefined,
    sinceModelSeconds: 0,
    paused: undefined,
    diagnosis: undefined,
    profile: { kind: 'none' },
    trace: NO_TRACE,
    machine: undefined,
    samplerSilentSeconds: undefined,
    exported: [],
  };
}

/** The model that is looked at: the newest, or the one of the moment somebody stopped at. */
export function shownModel(state: State): Model | undefined {
  return state.paused?.model ?? state.model;
}

/** What the model that is looked at means. */
export function shownDiagnosis(state: State): Diagnosis | undefined {
  return state.paused?.diagnosis ?? state.diagnosis;
}
