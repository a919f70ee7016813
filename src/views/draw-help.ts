import { run, type StyledLine } from '../format/styled.ts';
import { beside } from './box.ts';
import { type Binding, commonKeys, type KeyGroup, shownKey } from './keymap.ts';
import type { DialogContent } from './overlay.ts';
import { PANES, paneOf } from './panes.ts';
import type { Size, State } from './state.ts';

const GROUPS: readonly KeyGroup[] = ['Panes', 'Time', 'Rows', 'Doing'];

const TWO_COLUMNS_FROM = 100;

/** All keys that work now, from the same keymap that they are looked up in. */
export function drawHelp(state: State, top: number): DialogContent {
  const pane = paneOf(state.pane);
  const panes = PANES.map(({ digit, title, id }) => ({
    keys: [digit],
    action: `pane:${id}`,
    group: 'Panes' as const,
    help: title,
  }));
  return keysDialog({
    title: pane.title,
    own: pane.keys,
    all: [...panes, ...commonKeys(state)],
    size: state.size,
    top,
  });
}

/** What the help of a screen of panes is made from. */
export interface KeysDialog {
  /** The pane that is shown, and its own keys. */
  readonly title: string;
  readonly own: readonly Binding<string>[];
  readonly all: readonly Binding<string>[];
  readonly size: Size;
  /** The first line shown. */
  readonly top: number;
}

/** The help of any screen of panes. */
export function keysDialog({ title, own: ownKeys, all, size, top }: KeysDialog): DialogContent {
  const own = group(`Only in ${title}`, ownKeys);
  const groups = GROUPS.map((name) =>
    group(
      name,
      all.filter((binding) => binding.group === name),
    ),
  );
  const wide = size.columns >= TWO_COLUMNS_FROM;
  const left = [groups[0], groups[1], groups[2]].flatMap((lines) => lines ?? []);
  const right = [...own, ...(groups[3] ?? [])];
  const lines = wide ? beside(left, 52, right) : [...own, ...groups.flat()];
  const room = Math.max(1, size.rows - 2);
  const from = Math.max(0, Math.min(top, lines.length - room));
  const more = lines.length > room ? 'Up, Down: more   ' : '';
  return { title: 'Keys', lines: lines.slice(from, from + room), keys: `${more}Esc closes`, columns: wide ? 118 : 70 };
}

function group(title: string, bindings: readonly Binding<string>[]): StyledLine[] {
  if (bindings.length === 0) return [];
  const rows = bindings.map(
    ({ keys, help }): StyledLine => [
      run(keys.map(shownKey).join(' ').padEnd(12), { ink: 'cyan', bold: true }),
      run(` ${help}`),
    ],
  );
  return [[run(title, { bold: true })], ...rows, []];
}
