import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadStream } from 'node:tty';
import { type IPty, spawn } from '@lydell/node-pty';
import type { Terminal } from '@xterm/headless';
import { makeFolder } from './cleanup.ts';

// The package is CommonJS in a form in which Node finds no named exports.
const headless: typeof import('@xterm/headless') = createRequire(import.meta.url)('@xterm/headless');

const BEGIN_FRAME = '\x1b[?2026h';
const END_FRAME = '\x1b[?2026l';

/** Long: what is waited for comes at once on a calm machine, and this is never the measure of a busy one. */
const PATIENCE_MS = 120_000;

/** Asked inside the terminal before the program is there: asked from outside, a quick one has changed them already. */
const WRITE_MODES_FIRST = 'unset PWD OLDPWD; stty -g >"$0"; exec "$@"';

let modesFolder: string | undefined;
let count = 0;

/** A file of its own for the modes of one terminal. */
function modesFile(): string {
  modesFolder ??= makeFolder(tmpdir(), 'modes').path;
  count += 1;
  return join(modesFolder, String(count));
}

/** A program to run in a pseudo-terminal. */
export interface PtyProgram {
  readonly command: string;
  readonly args?: readonly string[];
  /** Added to a small environment of TERM=xterm-256color, LANG=C.UTF-8, PATH and HOME; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
}

/** How a program ended; `signal` is 0 when it exited by itself. */
export interface PtyExit {
  readonly code: number;
  readonly signal: number;
}

/** How one cell looks; a colour is its number in the terminal's palette. */
export interface CellLook {
  readonly text: string;
  readonly foreground: number | 'default';
  readonly bold: boolean;
  readonly inverse: boolean;
  readonly underline: boolean;
}

/** A running program, and what its terminal shows. */
export class Pty {
  readonly pid: number;
  readonly exited: Promise<PtyExit>;
  private readonly child: IPty;
  private readonly terminal: Terminal;
  private readonly slavePath: string;
  private readonly modesFile = modesFile();
  private slave: number | undefined;
  private modesAtEnd: string | undefined;
  private received: Buffer[] = [];
  private frameIsOpen = false;
  private lastBytes = '';
  private watchers = new Set<() => void>();
  private end: PtyExit | undefined;

  constructor({ command, args = [], env = {}, columns = 160, rows = 45, cwd }: PtyProgram) {
    const { PATH, HOME } = process.env;
    this.child = spawn('/bin/sh', ['-c', WRITE_MODES_FIRST, this.modesFile, command, ...args], {
      cols: columns,
      rows,
      encoding: null,
      env: { PATH, HOME, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.pid = this.child.pid;
    this.slavePath = slavePathOf(this.child);
    // A terminal that nobody has open forgets its modes, and they are compared after the program's end.
    this.slave = openSync(this.slavePath, constants.O_RDWR | constants.O_NOCTTY);
    this.terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
    beforeDestroyed(this.child, () => {
      this.modesAtEnd = this.modes();
    });
    this.child.onData((data) => this.receive(data));
    this.exited = new Promise((settle) => {
      this.child.onExit(({ exitCode, signal }) => {
        this.end = { code: exitCode, signal: signal ?? 0 };
        this.changed();
        settle(this.end);
      });
    });
  }

  /** The modes of the terminal (`stty -g`) before the program was started; once it has said something. */
  get modesBefore(): string {
    return readFileSync(this.modesFile, 'utf8').trim();
  }

  /** Everything the program has written. */
  get bytes(): Buffer {
    return Buffer.concat(this.received);
  }

  /** Whether the program switched to the alternate screen and has not left it. */
  get inAlternateScreen(): boolean {
    return this.terminal.buffer.active.type === 'alternate';
  }

  /** Whether the last thing that was said of the cursor is "hide". */
  get cursorIsHidden(): boolean {
    const text = this.bytes.toString('latin1');
    return text.lastIndexOf('\x1b[?25l') > text.lastIndexOf('\x1b[?25h');
  }

  /** Types keys, as the bytes a terminal sends for them. */
  type(keys: string): void {
    this.child.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    this.child.resize(columns, rows);
  }

  /** The terminal takes nothing more, like a hung connection, until {@link flow}. */
  stall(): void {
    this.child.pause();
  }

  flow(): void {
    this.child.resume();
  }

  kill(signal: NodeJS.Signals): void {
    if (this.end === undefined) process.kill(this.pid, signal);
  }

  /** The modes of the terminal, as `stty -g` prints them: now, or at the program's end. */
  modes(): string {
    if (this.modesAtEnd !== undefined) return this.modesAtEnd;
    return execFileSync('stty', ['-g', '-F', this.slavePath], { encoding: 'utf8' }).trim();
  }

  /** The lines on the screen, without blanks at their ends. */
  screen(): string[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, row) => {
      return (
        active
          .getLine(active.baseY + row)
          ?.translateToString()
          .trimEnd() ?? ''
      );
    });
  }

  /** How one cell looks; row and column count from 0. */
  look(row: number, column: number): CellLook {
    const { active } = this.terminal.buffer;
    const cell = active.getLine(active.baseY + row)?.getCell(column);
    if (cell === undefined) throw new Error(`no cell at row ${row}, column ${column}`);
    return {
      text: cell.getChars(),
      foreground: cell.isFgDefault() ? 'default' : cell.getFgColor(),
      bold: cell.isBold() !== 0,
      inverse: cell.isInverse() !== 0,
      underline: cell.isUnderline() !== 0,
    };
  }

  /**
   * Settles with the screen when it shows the text, has a line that fits, or satisfies the condition. Rejects after two minutes or at the end of
   * the program, with the screen in the message.
   */
  waitFor(wanted: string | RegExp | ((screen: string[]) => boolean), patienceMs = PATIENCE_MS): Promise<string[]> {
    const holds = (screen: string[]) => {
      if (typeof wanted === 'string') return screen.some((line) => line.includes(wanted));
      return wanted instanceof RegExp ? screen.some((line) => wanted.test(line)) : wanted(screen);
    };
    return new Promise((settle, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.watchers.delete(check);
      };
      const fail = (why: string) => {
        stop();
        reject(new Error(`${why} before the screen showed ${String(wanted)}:\n${this.screen().join('\n')}`));
      };
      const check = () => {
        const screen = this.screen();
        if (holds(screen)) {
          stop();
          settle(screen);
        } else if (this.end !== undefined) fail(`the program ended (code ${this.end.code}, signal ${this.end.signal})`);
      };
      const timer = setTimeout(() => fail(`${patienceMs} ms passed`), patienceMs);
      this.watchers.add(check);
      check();
    });
  }

  /** The terminal goes away, as when its window is closed: the program gets SIGHUP, end of input, EIO. */
  hangUp(): void {
    this.closeSlave();
    streamOf(this.child).destroy();
  }

  /** Ends the program if it still runs, with its process group, and frees the terminal. */
  close(): void {
    if (this.end === undefined) {
      for (const pid of [-this.pid, this.pid]) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
        }
      }
    }
    this.closeSlave();
    this.terminal.dispose();
  }

  private closeSlave(): void {
    if (this.slave !== undefined) closeSync(this.slave);
    this.slave = undefined;
  }

  /** Bytes, since the encoding asked for is none; the package's types know text only. */
  private receive(data: unknown): void {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.from(String(data));
    this.received.push(bytes);
    this.lastBytes = this.lastBytes.slice(-END_FRAME.length) + bytes.toString('latin1');
    const begun = this.lastBytes.lastIndexOf(BEGIN_FRAME);
    const ended = this.lastBytes.lastIndexOf(END_FRAME);
    const frameIsOpen = begun === ended ? this.frameIsOpen : begun > ended;
    this.frameIsOpen = frameIsOpen;
    this.terminal.write(bytes, () => {
      // A terminal that knows synchronised output shows no half of a frame.
      if (!frameIsOpen) this.changed();
    });
  }

  private changed(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** The package frees the terminal, and with it the modes, before it tells that the program ended. */
function beforeDestroyed(child: IPty, look: () => void): void {
  const stream = streamOf(child);
  const destroy = stream.destroy.bind(stream);
  stream.destroy = (...reason) => {
    if (!stream.destroyed) look();
    return destroy(...reason);
  };
}

function streamOf(child: IPty): ReadStream {
  const stream: unknown = Reflect.get(child, '_socket');
  if (!(stream instanceof ReadStream)) throw new Error('the pseudo-terminal has no stream');
  return stream;
}

function slavePathOf(child: IPty): string {
  const path: unknown = Reflect.get(child, 'ptsName');
  if (typeof path !== 'string') throw new Error('the pseudo-terminal does not tell its name');
  return path;
}
