import { type Binding, COMMON_KEYS, shownKey } from './keymap.ts';
import { PANES } from './panes.ts';

/** Every key of the screen as a Markdown table, from the keymap that runs. */
export function encodeKeysTable(): string {
  const panes = PANES.map(({ digit, title }) => keysRow([digit], title));
  const common = COMMON_KEYS.map(({ keys, help }) => keysRow(keys.map(shownKey), help));
  const own = PANES.flatMap(({ keys, title }) => keys.map((binding) => ownRow(binding, title)));
  return keysTable([...panes, ...common, ...own]);
}

/** Rows of keys as a table. */
export function keysTable(rows: readonly string[]): string {
  return `${['| key | what it does |', '|---|---|', ...rows].join('\n')}\n`;
}

function ownRow({ keys, help }: Binding, title: string): string {
  return keysRow(keys.map(shownKey), `in ${title}: ${help}`);
}

/** One row; a key that is a bar would end the cell. */
export function keysRow(keys: readonly string[], help: string): string {
  return `| ${keys.map((key) => `\`${key.replaceAll('|', '\\|')}\``).join(' ')} | ${help} |`;
}
