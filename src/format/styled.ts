/**
 * The sixteen colours every terminal has, by what they mean here. `default` is the terminal's own foreground, which
 * is legible on whatever background its owner chose.
 */
export type Ink =
  | 'default'
  | 'dim'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'white'
  | 'brightRed'
  | 'brightYellow'
  | 'brightCyan';

/** How a run of text looks. Colour is never the only carrier of a meaning: a word stands beside it. */
export interface Style {
  readonly ink?: Ink;
  readonly bold?: boolean;
  /** Swaps foreground and background: table heads, the selected row, the severity badge. */
  readonly inverse?: boolean;
  readonly underline?: boolean;
}

/** A stretch of text in one style. */
export interface Run {
  readonly text: string;
  readonly style: Style;
}

/**
 * One line of a pane: runs from left to right. Every character is one column wide and printable; text from the node
 * has gone through `printable` before it gets here.
 */
export type StyledLine = readonly Run[];

/** A run in the terminal's own colour unless a style is given. */
export function run(text: string, style: Style = {}): Run {
  return { text, style };
}

/** The text of a line without its styles. */
export function plain(line: StyledLine): string {
  return line.map((part) => part.text).join('');
}

/** How many columns a line takes. */
export function lineWidth(line: StyledLine): number {
  return line.reduce((sum, part) => sum + part.text.length, 0);
}
