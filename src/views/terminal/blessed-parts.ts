import type { EventEmitter } from 'node:events';

/** A parsed terminfo entry. */
export interface TerminfoEntry {
  readonly name: string;
}

/** The capabilities of the terminal, compiled to functions. */
export interface TerminalCapabilities {
  readonly colors: number;
  brokenACS: boolean;
  readonly strings: { readonly enter_ca_mode?: string };
  readonly error: Error | null;
  cup(row: number, column: number): string;
  clear(): string;
  setaf(colour: number): string;
}

/** A key as the library's decoder names it; `name` is undefined for characters that are no ASCII letter. */
export interface DecodedKey {
  readonly name?: string;
  readonly ctrl?: boolean;
  readonly shift?: boolean;
}

export interface BlessedProgram extends EventEmitter {
  readonly tput: TerminalCapabilities;
  readonly cols: number;
  readonly rows: number;
  readonly cursorHidden: boolean;
  /** What waits to be written. */
  _buf: string;
  _write(text: string): void;
  flush(): void;
  cup(row: number, column: number): void;
  showCursor(): void;
  hideCursor(): void;
  on(event: 'keypress', listener: (ch: string | undefined, key: DecodedKey) => void): this;
  on(event: 'resize', listener: () => void): this;
}

/**
 * One cell: attribute and character.
 * @internal
 */
export type Cell = [number, string];

/** One row of cells; only rows marked dirty are compared with what the terminal shows. */
export type CellRow = Cell[] & { dirty: boolean };

export interface BlessedScreen extends EventEmitter {
  readonly lines: CellRow[];
  append(widget: LineWidget): void;
  remove(widget: LineWidget): void;
  alloc(dirty?: boolean): void;
  enter(): void;
  leave(): void;
  draw(first: number, last: number): void;
  destroy(): void;
}

interface LineSeries {
  readonly title: string;
  readonly x: readonly string[];
  readonly y: readonly number[];
  readonly style: { readonly line: string };
}

export interface LineWidgetOptions {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly minY: number;
  readonly maxY: number;
  readonly numYLabels: number;
  readonly xPadding: number;
  readonly showLegend: boolean;
  readonly style: { readonly line: string; readonly text: string; readonly baseline: string };
}

/** The canvas the widget draws on; two dots to a column, four to a row. */
export interface LineContext {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  beginPath(): void;
  stroke(): void;
  strokeStyle: string;
}

export interface LineWidget {
  readonly ctx: LineContext;
  readonly canvasSize: { readonly width: number; readonly height: number };
  setData(series: readonly LineSeries[]): void;
  render(): void;
  destroy(): void;
}
