import type { ReadStream, WriteStream } from 'node:tty';
import type { StyledLine } from '../format/styled.ts';
import { openBlessed } from './terminal/blessed.ts';
import type { BlessedProgram, BlessedScreen } from './terminal/blessed-parts.ts';
import { CellPainter } from './terminal/cell-painter.ts';
import { type DrawChart, type HistoryChart, loadChartWidget } from './terminal/history-chart.ts';
import { type After, InputGate } from './terminal/input-gate.ts';
import { characterKey, type Key, keyOf } from './terminal/key.ts';
import { OutputGate } from './terminal/output-gate.ts';
import { type EndingSignal, listenToSignals, stopProcessGroup } from './terminal/signals.ts';

/** Terminals that know it show everything between the two at once; the others ignore both. */
const BEGIN_FRAME = '\x1b[?2026h';
const END_FRAME = '\x1b[?2026l';

/** Pasted text comes between marks (bracketed paste), so that it is told from keys. */
const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l';

/** Keep the title that the terminal has, and give it back (xterm); terminals without a stack of titles ignore both. */
const KEEP_TITLE = '\x1b[22;2t';
const GIVE_TITLE_BACK = '\x1b[23;2t';

/** How long closing waits for a terminal that takes nothing. */
const CLOSING_PATIENCE_MS = 500;

/** The size of the terminal. */
interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Why the screen closed by itself, and the code to exit with. The terminal has been given back by then. */
type ScreenEnd =
  | { readonly why: 'signal'; readonly signal: EndingSignal; readonly exitCode: number }
  /** End of input, EIO or EPIPE: there is nobody left to show anything to, even where HUP is ignored. */
  | { readonly why: 'lost'; readonly detail: string; readonly exitCode: number }
  /** An error that nobody caught; it has been printed on standard error, below what the terminal showed before. */
  | { readonly why: 'crash'; readonly error: Error; readonly exitCode: number };

/** What a screen is opened with. */
export interface ScreenOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly unicode: boolean;
  readonly colour: boolean;
  /** Whether the terminal's background is light. */
  readonly light?: boolean;
  readonly after: After;
  onKey(key: Key): void;
  /** Text was pasted. */
  onPaste(text: string): void;
  /** The terminal has another size and is blank: paint. */
  onResize(size: ScreenSize): void;
  onEnd(end: ScreenEnd): void;
  /** An error that nobody caught; the answer is whether the screen goes on, which else ends with it. */
  onStrayError(error: Error): boolean;
  /** Closes the standard streams' descriptors of a terminal that is gone, called right before {@link onEnd}. */
  forgetTerminal(): void;
}

/** Where the terminal's cursor is shown, for typing; without one it is hidden. */
interface CursorPlace {
  readonly column: number;
  readonly row: number;
}

/** The open screen: the only thing that writes to the terminal. */
export interface Screen {
  size(): ScreenSize;
  /**
   * Shows these lines, from the top row down; lines and columns that do not fit are cut. Only what changed is sent. While
   * the terminal takes nothing, nothing is sent, and then the newest lines are.
   */
  paint(lines: readonly StyledLine[], cursor?: CursorPlace): void;
  /** Lays a chart over what is painted, or takes it away; it is drawn with the next paint. */
  showChart(chart: HistoryChart | undefined): void;
  /** Shows this as the title of the terminal's window, until the screen closes. */
  setTitle(title: string): void;
  /** Puts text on the clipboard of the terminal (OSC 52); one that does not take it ignores it. */
  copy(text: string): void;
  /** Clears the terminal and sends everything again (^L). */
  redraw(): void;
  /** Gives the terminal back, stops the process group (^Z), and takes the terminal again when it goes on. */
  suspend(): void;
  /** Gives the terminal back; settles when it has taken that, or half a second later. */
  close(): Promise<void>;
}

/**
 * Takes the terminal: raw mode, alternate screen, hidden cursor. The widget library is loaded here and nowhere else.
 * It rejects where the library cannot open the terminal, which is then as it was.
 */
export async function openScreen(options: ScreenOptions): Promise<Screen> {
  const output = new OutputGate(options.output);
  const typed = (character: string) => {
    const key = characterKey(character);
    if (key !== undefined) options.onKey(key);
  };
  const input = new InputGate(options.input, options.after, typed, (text) => options.onPaste(text));
  try {
    const { program, screen } = await openBlessed({ input, output }, options.unicode);
    return new TerminalScreen(options, input, output, program, screen);
  } catch (error) {
    input.close();
    input.setRawMode(false);
    output.close();
    throw error;
  }
}

class TerminalScreen implements Screen {
  private readonly painter: CellPainter;
  private wanted: readonly StyledLine[] = [];
  private cursor: CursorPlace | undefined;
  private placed: CursorPlace | undefined;
  private chart: HistoryChart | undefined;
  private drawChart: DrawChart | undefined;
  private title: string | undefined;
  /** Consoles of Linux print what other terminals take as a command of the operating system. */
  private readonly speaksOsc = !/^linux/.test(process.env.TERM ?? '');
  private away = false;
  private lost = false;
  private closing: Promise<void> | undefined;
  private stopListening: () => void;

  constructor(
    private readonly options: ScreenOptions,
    private readonly input: InputGate,
    private readonly output: OutputGate,
    private readonly program: BlessedProgram,
    private readonly screen: BlessedScreen,
  ) {
    const colours = options.colour ? Math.max(0, program.tput.colors) : 0;
    this.painter = new CellPainter(screen, { unicode: options.unicode, colours, light: options.light === true });
    program.on('keypress', (ch, decoded) => {
      const key = keyOf(ch, decoded);
      if (key !== undefined) options.onKey(key);
    });
    program.on('resize', () => this.resized());
    output.on('drained', () => this.show());
    options.input.on('end', this.inputEnded);
    options.input.on('error', this.streamFailed);
    options.output.on('error', this.streamFailed);
    this.stopListening = this.listen();
    this.ask();
  }

  size(): ScreenSize {
    return { columns: this.program.cols, rows: this.program.rows };
  }

  paint(lines: readonly StyledLine[], cursor?: CursorPlace): void {
    this.wanted = lines;
    this.cursor = cursor;
    this.show();
  }

  showChart(chart: HistoryChart | undefined): void {
    this.chart = chart;
    if (chart === undefined || this.drawChart !== undefined) return;
    loadChartWidget().then(
      (draw) => {
        this.drawChart = draw;
        this.show();
      },
      (error: Error) => this.crashed(error),
    );
  }

  setTitle(title: string): void {
    if (title === this.title || this.away || this.closing !== undefined || !this.speaksOsc) return;
    this.title = title;
    this.output.write(`\x1b]2;${title}\x07`);
  }

  copy(text: string): void {
    if (this.away || this.closing !== undefined || !this.speaksOsc) return;
    this.output.write(`\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`);
  }

  redraw(): void {
    if (this.away || this.closing !== undefined) return;
    this.painter.forget();
    this.screen.alloc();
    this.show();
  }

  suspend(): void {
    if (this.away || this.closing !== undefined) return;
    this.away = true;
    this.stopListening();
    this.giveBack();
    stopProcessGroup();
    this.stopListening = this.listen();
    this.takeAgain();
  }

  close(): Promise<void> {
    // Giving the terminal back may fail, which closes: that must find a close under way.
    this.closing ??= Promise.resolve().then(() => this.leave());
    return this.closing;
  }

  private readonly inputEnded = () => this.lose('end of input');
  private readonly streamFailed = (error: Error) => this.lose(error.message);

  private listen(): () => void {
    return listenToSignals({
      onEnd: (signal, exitCode) => this.end({ why: 'signal', signal, exitCode }),
      onStop: () => this.suspend(),
      onContinue: () => this.takeAgain(),
      onCrash: (error) => {
        if (!this.options.onStrayError(error)) this.crashed(error);
      },
    });
  }

  private resized(): void {
    this.painter.forget();
    if (!this.away && this.closing === undefined) this.options.onResize(this.size());
  }

  /** Puts what is wanted into the cells and sends the difference, unless the terminal is busy, another's or gone. */
  private show(): void {
    if (this.away || this.closing !== undefined || this.output.busy) return;
    this.painter.fill(this.wanted, this.chart, this.drawChart);
    this.screen.draw(0, this.screen.lines.length - 1);
    // The cursor is placed again only after something was drawn, or when it moved: a frame that only repeats its place
    // would be drained, shown again, and so on without end.
    if (this.program._buf !== '' || this.cursor !== this.placed) this.placeCursor();
    this.placed = this.cursor;
    const frame = this.program._buf;
    this.program._buf = '';
    if (frame !== '') this.output.write(BEGIN_FRAME + frame + END_FRAME);
  }

  private placeCursor(): void {
    if (this.cursor !== undefined) {
      this.program.cup(this.cursor.row, this.cursor.column);
      if (this.program.cursorHidden) this.program.showCursor();
    } else if (!this.program.cursorHidden) this.program.hideCursor();
  }

  /** What is asked of the terminal besides what the widget library asks. */
  private ask(): void {
    this.output.write(PASTE_ON + (this.speaksOsc ? KEEP_TITLE : ''));
    this.title = undefined;
  }

  private giveBack(): void {
    this.output.write(PASTE_OFF + (this.speaksOsc ? GIVE_TITLE_BACK : ''));
    this.screen.leave();
    // A terminal without an alternate screen still shows the last frame.
    if (this.program.tput.strings.enter_ca_mode === undefined) this.output.write(this.program.tput.clear());
    this.input.setRawMode(false);
    this.input.pause();
  }

  /** After a stop by anybody: the shell has set its own mode meanwhile, so it is set again whatever it was before. */
  private takeAgain(): void {
    if (this.closing !== undefined) return;
    this.input.setRawMode(false);
    this.input.setRawMode(true);
    this.input.resume();
    if (!this.away) this.screen.leave();
    this.away = false;
    this.screen.enter();
    this.ask();
    this.painter.forget();
    this.options.onResize(this.size());
  }

  /** A terminal that goes away sends HUP too; whichever comes first tells why, and neither may touch it again. */
  private lose(detail: string): void {
    this.lost = true;
    this.output.abandon();
    this.end({ why: 'lost', detail, exitCode: 129 });
  }

  private crashed(error: Error): void {
    if (this.closing !== undefined) return;
    this.close().then(() => {
      if (!this.lost) process.stderr.write(`${error.stack ?? error.message}\n`);
      this.options.onEnd({ why: 'crash', error, exitCode: 1 });
    });
  }

  private end(end: ScreenEnd): void {
    if (this.closing !== undefined) return;
    this.close().then(() => this.options.onEnd(end));
  }

  private leave(): Promise<void> {
    this.stopListening();
    this.program._buf = '';
    if (!this.lost && !this.away) this.giveBack();
    this.input.close();
    if (!this.lost) this.screen.destroy();
    return new Promise((settle) => {
      const finish = () => {
        this.output.close();
        if (this.lost) this.options.forgetTerminal();
        settle();
      };
      if (this.lost || !this.output.busy) return finish();
      const giveUp = this.options.after(CLOSING_PATIENCE_MS, finish);
      this.output.once('drained', () => {
        giveUp();
        finish();
      });
    });
  }
}
