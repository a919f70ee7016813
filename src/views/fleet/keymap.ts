import type { Binding } from '../keymap.ts';
import type { FleetPaneId } from './state.ts';

/** What a key does on the fleet's screen. */
export type FleetAction =
  | 'quit'
  | 'help'
  | 'escape'
  | `pane:${FleetPaneId}`
  | 'next-pane'
  | 'previous-pane'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'open'
  | 'filter'
  | 'sort-next'
  | 'sort-previous'
  | 'invert'
  | 'slower'
  | 'faster'
  | 'refresh'
  | 'mark'
  | 'waves'
  | 'command'
  | 'go-live'
  | 'shorter'
  | 'longer'
  | 'export'
  | 'redraw'
  | 'suspend';

/** Keys that mean the same in every pane; where a node's screen has the key it means the same there. */
export const FLEET_KEYS: readonly Binding<FleetAction>[] = [
  { keys: ['enter'], action: 'open', group: 'Doing', help: 'open this node', footer: 'open' },
  { keys: ['m'], action: 'mark', group: 'Rows', help: 'mark this node, or unmark it', footer: 'mark' },
  { keys: ['w'], action: 'waves', group: 'Doing', help: 'an order to relieve the sick nodes in', footer: 'waves' },
  {
    keys: ['y'],
    action: 'command',
    group: 'Doing',
    help: 'the command for this node, to be copied',
    footer: 'command',
  },
  { keys: ['l'], action: 'go-live', group: 'Doing', help: 'the live screen on this node (asks first)', footer: 'live' },
  { keys: ['e'], action: 'export', group: 'Doing', help: 'export the list for the ticket', footer: 'export' },
  {
    keys: ['/', 'f3', 'f4'],
    action: 'filter',
    group: 'Rows',
    help: 'filter: only nodes with this in their name',
    footer: 'filter',
  },
  { keys: ['?', 'h', 'f1'], action: 'help', group: 'Doing', help: 'this help', footer: 'help' },
  { keys: ['q', 'f10', 'C-c'], action: 'quit', group: 'Doing', help: 'quit', footer: 'quit' },
  { keys: ['r', 'f5'], action: 'refresh', group: 'Time', help: 'ask the engine again now' },
  { keys: ['+', '='], action: 'slower', group: 'Time', help: 'ask less often' },
  { keys: ['-'], action: 'faster', group: 'Time', help: 'ask more often' },
  { keys: ['{'], action: 'shorter', group: 'Time', help: 'a shorter stretch in the graphs of a node' },
  { keys: ['}'], action: 'longer', group: 'Time', help: 'a longer stretch in the graphs of a node' },
  { keys: ['tab'], action: 'next-pane', group: 'Panes', help: 'next pane' },
  { keys: ['S-tab'], action: 'previous-pane', group: 'Panes', help: 'previous pane' },
  { keys: ['up', 'k'], action: 'up', group: 'Rows', help: 'up' },
  { keys: ['down', 'j'], action: 'down', group: 'Rows', help: 'down' },
  { keys: ['pageup', 'C-b'], action: 'page-up', group: 'Rows', help: 'a page up' },
  { keys: ['pagedown', 'C-f'], action: 'page-down', group: 'Rows', help: 'a page down' },
  { keys: ['g', 'home'], action: 'first', group: 'Rows', help: 'first row' },
  { keys: ['G', 'end'], action: 'last', group: 'Rows', help: 'last row' },
  { keys: ['>', 'f6'], action: 'sort-next', group: 'Rows', help: 'sort by the next column' },
  { keys: ['<'], action: 'sort-previous', group: 'Rows', help: 'sort by the previous column' },
  { keys: ['I'], action: 'invert', group: 'Rows', help: 'sort the other way round' },
  { keys: ['escape'], action: 'escape', group: 'Doing', help: 'close what is open; clear the filter' },
  { keys: ['C-l'], action: 'redraw', group: 'Doing', help: 'draw the screen again' },
  { keys: ['C-z'], action: 'suspend', group: 'Doing', help: 'stop this program, as in a shell' },
];
