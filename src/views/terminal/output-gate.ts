import { EventEmitter } from 'node:events';
import type { WriteStream } from 'node:tty';

/** What a terminal that does not tell its size is taken for, as terminfo has it for most. */
const UNTOLD_SIZE = { columns: 80, rows: 24 };

/**
 * The output the widget library sees. It never waits: a terminal that takes nothing (a hung connection, a pane in copy
 * mode) would otherwise stop the event loop in write(2).
 */
export class OutputGate extends EventEmitter {
  readonly isTTY = true;
  /** How many bytes were handed to the terminal. */
  bytesWritten = 0;
  private unwritten = 0;
  private lost = false;
  private readonly passResize = () => this.emit('resize');

  constructor(private readonly terminal: WriteStream) {
    super();
    terminal.on('resize', this.passResize);
    this.setBlocking(false);
  }

  get columns(): number {
    return this.terminal.columns > 0 ? this.terminal.columns : UNTOLD_SIZE.columns;
  }

  get rows(): number {
    return this.terminal.rows > 0 ? this.terminal.rows : UNTOLD_SIZE.rows;
  }

  get writable(): boolean {
    return !this.lost && this.terminal.writable;
  }

  /** Whether the terminal has not taken yet what it was sent. */
  get busy(): boolean {
    return this.unwritten > 0;
  }

  /** Sends text; `drained` is emitted when the terminal has taken everything. */
  write(text: string): boolean {
    if (!this.writable || text === '') return true;
    this.unwritten += 1;
    this.bytesWritten += Buffer.byteLength(text);
    return this.terminal.write(text, () => {
      this.unwritten -= 1;
      if (this.unwritten === 0) this.emit('drained');
    });
  }

  /** From here on nothing is sent: the terminal is gone, or another program's. */
  abandon(): void {
    this.lost = true;
  }

  /**
   * Lets go of the terminal. It waits for writes again when it has taken everything, so that what other code prints
   * afterwards gets out; one that hangs is left as it is, or the exit would hang with it.
   */
  close(): void {
    this.terminal.off('resize', this.passResize);
    if (!this.busy && !this.lost) this.setBlocking(true);
  }

  /** The stream's handle is the only place where this can be set, and it is not part of the documented interface. */
  private setBlocking(blocking: boolean): void {
    const handle: unknown = Reflect.get(this.terminal, '_handle');
    if (typeof handle !== 'object' || handle === null) return;
    const set: unknown = Reflect.get(handle, 'setBlocking');
    if (typeof set === 'function') set.call(handle, blocking);
  }
}
