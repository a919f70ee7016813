import { printable } from '../../core/printable.ts';
import type { DecodedKey } from './blessed-parts.ts';

/** Keys that have a name of their own; every other key is named by its character. */
const NAMED = [
  'up',
  'down',
  'left',
  'right',
  'home',
  'end',
  'pageup',
  'pagedown',
  'insert',
  'delete',
  'enter',
  'escape',
  'space',
  'tab',
  'backspace',
  ...Array.from({ length: 12 }, (_, index) => `f${index + 1}`),
];

const NAMES = new Set(NAMED);

/** One key press. */
export interface Key {
  /**
   * `up`, `down`, `left`, `right`, `home`, `end`, `pageup`, `pagedown`, `insert`, `delete`, `enter`, `escape`, `space`,
   * `tab`, `backspace`, `f1` to `f12`; otherwise the character as typed (`q`, `G`, `/`), or with `ctrl` its letter.
   */
  readonly name: string;
  /** The printable character to insert where text is typed; a space for `space`, absent for all other named keys. */
  readonly char?: string;
  readonly ctrl: boolean;
  /** For named keys only (Shift-Tab): a character already says it. */
  readonly shift: boolean;
}

/**
 * One of the library's key events as a {@link Key}, or undefined for what is no key here. Enter comes twice from the
 * library (`return`, then `enter` for the same byte) and is taken once; ^J is Enter too, as a paste sends it.
 */
export function keyOf(ch: string | undefined, decoded: DecodedKey): Key | undefined {
  const shift = decoded.shift === true;
  const ctrl = decoded.ctrl === true;
  const name = decoded.name;
  if (name === 'enter') return undefined;
  if (name === 'return' || name === 'linefeed') return { name: 'enter', ctrl: false, shift: false };
  if (name === 'space') return { name, char: ' ', ctrl, shift: false };
  if (name !== undefined && NAMES.has(name)) return { name, ctrl, shift };
  if (ctrl && name !== undefined && /^[a-z]$/.test(name)) return { name, ctrl, shift: false };
  return ch === undefined || ctrl ? undefined : characterKey(ch);
}

/** The key that types a character, undefined for control characters. */
export function characterKey(ch: string): Key | undefined {
  return printable(ch) !== ch ? undefined : { name: ch, char: ch, ctrl: false, shift: false };
}
