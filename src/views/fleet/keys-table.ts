import { shownKey } from '../keymap.ts';
import { keysRow, keysTable } from '../keys-table.ts';
import { FLEET_KEYS } from './keymap.ts';
import { FLEET_PANES } from './panes.ts';

/** Every key of the fleet's screen as a Markdown table. */
export function encodeFleetKeysTable(): string {
  const panes = FLEET_PANES.map(({ digit, title }) => keysRow([digit], title));
  return keysTable([...panes, ...FLEET_KEYS.map(({ keys, help }) => keysRow(keys.map(shownKey), help))]);
}
