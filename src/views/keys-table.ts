import { type Binding, COMMON_KEYS, shownKey } from './keymap.ts';
import { PANES } from './panes.ts';

/** Every key of the screen as a Markdown table, from the keymap that runs. */
export function encodeKeysTable(): string {
  const panes = PANES.map(({ digit, title }) => row([digit], title));
  const common = COMMON_KEYS.map(({ keys, help }) => row(keys.map(shownKey), help));
  const own = PANES.flatMap(({ keys, title }) => keys.map((binding) => ownRow(binding, title)));
  return `${['| key | what it does |', '|---|---|', ...panes, ...common, ...own].join('\n')}\n`;
}

function ownRow({ keys, help }: Binding, title: string): string {
  return row(keys.map(shownKey), `in ${title}: ${help}`);
}

function row(keys: readonly string[], help: string): string {
  return `| ${keys.map((key) => `\`${key.replaceAll('|', '\\|')}\``).join(' ')} | ${help} |`;
}
