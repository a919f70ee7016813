import type { PaneId } from './state.ts';
import type { Key } from './terminal/key.ts';

/** What a key does. `sort:ID` sorts by the column of that id. */
export type Action =
  | 'quit'
  | 'help'
  | 'escape'
  | `pane:${PaneId}`
  | 'next-pane'
  | 'previous-pane'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'open'
  | 'back'
  | 'other-part'
  | 'trace'
  | 'filter'
  | 'sort-next'
  | 'sort-previous'
  | `sort:${string}`
  | 'invert'
  | 'tree'
  | 'slower'
  | 'faster'
  | 'pause'
  | 'step-back'
  | 'step-forward'
  | 'minute-back'
  | 'minute-forward'
  | 'go-to'
  | 'play-faster'
  | 'play-slower'
  | 'next-event'
  | 'previous-event'
  | 'time-read'
  | 'export'
  | 'zoom'
  | 'drop'
  | 'show-command'
  | 'redraw'
  | 'suspend';

/** The headings under which the help shows keys. */
export type KeyGroup = 'Panes' | 'Rows' | 'Time' | 'Doing' | 'Here';

/** One line of the keymap: the help, the footer and what a key does are all made from it. */
export interface Binding<A extends string = Action> {
  /** As {@link keyId} writes them; the first one is shown in the footer. */
  readonly keys: readonly string[];
  readonly action: A;
  readonly group: KeyGroup;
  /** What it does, as the help says it. */
  readonly help: string;
  /** The word beside the key in the footer; only the most useful keys have one. */
  readonly footer?: string;
}

/** The keys that mean the same in every pane; a pane's own come before them. */
export const COMMON_KEYS: readonly Binding[] = [
  { keys: ['D'], action: 'drop', group: 'Doing', help: 'drop caches (asks first)', footer: 'drop caches' },
  { keys: ['e'], action: 'export', group: 'Doing', help: 'export a snapshot for the ticket', footer: 'export' },
  { keys: ['z'], action: 'zoom', group: 'Doing', help: 'a graph on the whole screen, and back', footer: 'zoom' },
  {
    keys: ['space', 'Z'],
    action: 'pause',
    group: 'Time',
    help: 'pause the screen; collecting goes on',
    footer: 'pause',
  },
  {
    keys: ['/', 'f3', 'f4'],
    action: 'filter',
    group: 'Rows',
    help: 'filter: only rows with this text',
    footer: 'filter',
  },
  { keys: ['?', 'h', 'f1'], action: 'help', group: 'Doing', help: 'this help', footer: 'help' },
  { keys: ['q', 'f10', 'C-c'], action: 'quit', group: 'Doing', help: 'quit', footer: 'quit' },
  { keys: ['t'], action: 'time-read', group: 'Doing', help: 'time a read of memory.stat now' },
  { keys: ['tab'], action: 'next-pane', group: 'Panes', help: 'next pane' },
  { keys: ['S-tab'], action: 'previous-pane', group: 'Panes', help: 'previous pane' },
  { keys: ['up', 'k'], action: 'up', group: 'Rows', help: 'up' },
  { keys: ['down', 'j'], action: 'down', group: 'Rows', help: 'down' },
  { keys: ['left'], action: 'left', group: 'Rows', help: 'previous graph' },
  { keys: ['right'], action: 'right', group: 'Rows', help: 'next graph' },
  { keys: ['pageup', 'C-b'], action: 'page-up', group: 'Rows', help: 'a page up' },
  { keys: ['pagedown', 'C-f'], action: 'page-down', group: 'Rows', help: 'a page down' },
  { keys: ['g', 'home'], action: 'first', group: 'Rows', help: 'first row' },
  { keys: ['G', 'end'], action: 'last', group: 'Rows', help: 'last row' },
  { keys: ['>', 'f6'], action: 'sort-next', group: 'Rows', help: 'sort by the next column' },
  { keys: ['<'], action: 'sort-previous', group: 'Rows', help: 'sort by the previous column' },
  { keys: ['I'], action: 'invert', group: 'Rows', help: 'sort the other way round' },
  { keys: ['+', '='], action: 'slower', group: 'Time', help: 'sample less often' },
  { keys: ['-'], action: 'faster', group: 'Time', help: 'sample more often' },
  { keys: ['['], action: 'step-back', group: 'Time', help: 'while paused: one sample back' },
  { keys: [']'], action: 'step-forward', group: 'Time', help: 'while paused: one sample forward' },
  { keys: ['{'], action: 'minute-back', group: 'Time', help: 'while paused: a minute back' },
  { keys: ['}'], action: 'minute-forward', group: 'Time', help: 'while paused: a minute forward' },
  {
    keys: ['escape'],
    action: 'escape',
    group: 'Doing',
    help: 'leave what is open; else to Overview',
  },
  { keys: ['C-l'], action: 'redraw', group: 'Doing', help: 'draw the screen again' },
  { keys: ['C-z'], action: 'suspend', group: 'Doing', help: 'stop this program, as in a shell' },
];

/** Keys of a replay, in the place of those of {@link LIVE_ONLY}. */
const REPLAY_KEYS: readonly Binding[] = [
  { keys: ['space', 'Z'], action: 'pause', group: 'Time', help: 'play, and pause', footer: 'play/pause' },
  { keys: ['['], action: 'step-back', group: 'Time', help: 'one frame back', footer: 'back' },
  { keys: [']'], action: 'step-forward', group: 'Time', help: 'one frame forward', footer: 'on' },
  { keys: ['{'], action: 'minute-back', group: 'Time', help: 'a minute back' },
  { keys: ['}'], action: 'minute-forward', group: 'Time', help: 'a minute forward' },
  { keys: ['J'], action: 'go-to', group: 'Time', help: 'go to a time: 14:03, -5m, a date', footer: 'go to' },
  { keys: [','], action: 'play-slower', group: 'Time', help: 'play slower' },
  { keys: ['.'], action: 'play-faster', group: 'Time', help: 'play faster' },
  { keys: ['N'], action: 'next-event', group: 'Time', help: 'to the next event' },
  { keys: ['P'], action: 'previous-event', group: 'Time', help: 'to the previous event' },
];

/** What makes no sense without a kernel to read, or means something else in a replay. */
const LIVE_ONLY: ReadonlySet<Action> = new Set<Action>([
  'pause',
  'step-back',
  'step-forward',
  'minute-back',
  'minute-forward',
  'slower',
  'faster',
  'time-read',
]);

const IN_REPLAY: readonly Binding[] = [...REPLAY_KEYS, ...COMMON_KEYS.filter(({ action }) => !LIVE_ONLY.has(action))];

/** The keys that mean the same in every pane: on the live screen, or in a replay. */
export function commonKeys({ replay }: { readonly replay: object | undefined }): readonly Binding[] {
  return replay === undefined ? COMMON_KEYS : IN_REPLAY;
}

/** A key as bindings name it: `q`, `C-c` for Ctrl-C, `S-tab` for Shift-Tab. */
export function keyId(key: Key): string {
  if (key.ctrl) return `C-${key.name}`;
  return key.shift ? `S-${key.name}` : key.name;
}

/** What a key does, by the first binding that has it. */
export function actionOf<A extends string>(key: Key, bindings: readonly Binding<A>[]): A | undefined {
  const id = keyId(key);
  return bindings.find((binding) => binding.keys.includes(id))?.action;
}

const SHOWN: Readonly<Record<string, string>> = {
  space: 'Space',
  tab: 'Tab',
  'S-tab': 'Shift-Tab',
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  enter: 'Enter',
  escape: 'Esc',
};

/** A key as a person reads it: `Space`, `^C`, `F1`. */
export function shownKey(id: string): string {
  const control = /^C-([a-z])$/.exec(id)?.[1];
  if (control !== undefined) return `^${control.toUpperCase()}`;
  return SHOWN[id] ?? (/^f\d+$/.test(id) ? id.toUpperCase() : id);
}
