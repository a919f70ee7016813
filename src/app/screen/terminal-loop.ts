import { systemErrorSentence } from '../../core/errno.ts';
import { oneLine } from '../../core/printable.ts';
import type { Frame } from '../../views/frame.ts';
import { openScreen, type Screen } from '../../views/screen.ts';
import type { Notice, Size, Theme } from '../../views/state.ts';
import type { TerminalDecision } from '../../views/terminal/decide-terminal.ts';
import type { Key } from '../../views/terminal/key.ts';
import type { ErrorLog } from '../base/error-log.ts';
import type { Settings } from '../base/settings.ts';
import { forgetTerminal } from './forget-terminal.ts';

/** A terminal that a screen can be shown in. */
export type UsableTerminal = Extract<TerminalDecision, { kind: 'usable' }>;

/** Messages that every screen takes. */
export type TerminalMessage =
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'notice'; readonly text: string; readonly severity: 'info' | 'warning' }
  | { readonly kind: 'notice-over'; readonly notice: Notice }
  | { readonly kind: 'paste'; readonly text: string };

/** Effects that are the terminal's own. */
export type TerminalEffect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'copy'; readonly text: string };

/** A screen as three pure pieces, and who does what it wants done. */
export interface TerminalLoopOptions<State, Message, Effect> {
  readonly settings: Pick<Settings, 'ascii' | 'color' | 'theme'>;
  readonly terminal: UsableTerminal;
  /** What goes wrong beside the screen is told here too. */
  readonly log: ErrorLog;
  initial(size: Size, theme: Theme): State;
  update(
    state: State,
    message: Message | TerminalMessage,
  ): {
    readonly state: State;
    readonly effects: readonly (Effect | TerminalEffect)[];
  };
  draw(state: State): Frame;
  /** Gets every effect but those of the terminal itself. */
  onEffect(effect: Effect): void;
}

const SIZE_UNTIL_OPEN: Size = { columns: 80, rows: 24 };

/** The one loop around state, update and draw. Messages that come together are painted together. */
export class TerminalLoop<
  State extends { readonly notice: Notice | undefined },
  Message,
  Effect extends { readonly kind: string },
> {
  readonly #options: TerminalLoopOptions<State, Message, Effect>;
  readonly #theme: Theme;
  readonly #light: boolean;
  #state: State;
  #screen: Screen | undefined;
  #paintScheduled = false;
  #noticeTimer: NodeJS.Timeout | undefined;
  readonly #ended: Promise<number>;
  #end: (code: number) => void = () => {};

  constructor(options: TerminalLoopOptions<State, Message, Effect>) {
    this.#options = options;
    const { settings, terminal } = options;
    const unicode = terminal.unicode && settings.ascii !== true;
    const colour = terminal.colour && settings.color !== false;
    this.#light = settings.theme === undefined ? terminal.light : settings.theme === 'light';
    this.#theme = { unicode, colour, graph: unicode ? 'braille' : 'ascii' };
    this.#state = options.initial(SIZE_UNTIL_OPEN, this.#theme);
    this.#ended = new Promise((settle) => {
      this.#end = settle;
    });
  }

  /** What is shown now. */
  get state(): State {
    return this.#state;
  }

  /** Takes the terminal and shows what there is, until the end; the answer is the exit code. */
  async run(): Promise<number> {
    const screen = await openScreen({
      input: process.stdin,
      output: process.stdout,
      unicode: this.#theme.unicode,
      colour: this.#theme.colour,
      light: this.#light,
      after: (milliseconds, then) => {
        const timer = setTimeout(then, milliseconds);
        return () => clearTimeout(timer);
      },
      forgetTerminal,
      onKey: (key) => this.handle({ kind: 'key', key }),
      onPaste: (text) => this.handle({ kind: 'paste', text }),
      onResize: (size) => this.handle({ kind: 'resize', size }),
      onEnd: ({ exitCode }) => this.end(exitCode),
      onStrayError: (error) => this.#survives(error),
    });
    this.#screen = screen;
    this.handle({ kind: 'resize', size: screen.size() });
    const code = await this.#ended;
    clearTimeout(this.#noticeTimer);
    this.#screen = undefined;
    await screen.close();
    return code;
  }

  /** Ends the loop. */
  end(code: number): void {
    this.#end(code);
  }

  /** Takes a message: from a key, from whoever brings models, from a clock. */
  handle(message: Message | TerminalMessage): void {
    const { state, effects } = this.#options.update(this.#state, message);
    if (state.notice !== this.#state.notice) this.#timeNotice(state.notice);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    this.#paintSoon();
  }

  /** Shows one line for a few seconds; what is a warning is logged. */
  notice(text: string, severity: 'info' | 'warning' = 'info'): void {
    if (severity === 'warning') this.#options.log.write(text);
    this.handle({ kind: 'notice', text, severity });
  }

  /** Models may come seldom, or not at all while a replay is paused: a notice passes by the clock. */
  #timeNotice(notice: Notice | undefined): void {
    clearTimeout(this.#noticeTimer);
    if (notice === undefined) return;
    this.#noticeTimer = setTimeout(() => this.handle({ kind: 'notice-over', notice }), notice.seconds * 1000).unref();
  }

  /** An errno belongs to what was being done, and not to the screen, which goes on in the middle of an incident. */
  #survives(error: Error): boolean {
    const sentence = systemErrorSentence(error);
    this.#options.log.write(error.stack ?? error.message);
    if (sentence === undefined) return false;
    this.notice(oneLine(sentence), 'warning');
    return true;
  }

  #do(effect: Effect | TerminalEffect): void {
    if (isOfTerminal(effect)) this.#doTerminal(effect);
    else this.#options.onEffect(effect);
  }

  #doTerminal(effect: TerminalEffect): void {
    switch (effect.kind) {
      case 'quit':
        this.#end(0);
        break;
      case 'suspend':
        this.#screen?.suspend();
        break;
      case 'redraw':
        this.#screen?.redraw();
        break;
      case 'copy':
        this.#screen?.copy(effect.text);
    }
  }

  #paintSoon(): void {
    if (this.#paintScheduled || this.#screen === undefined) return;
    this.#paintScheduled = true;
    setImmediate(() => {
      this.#paintScheduled = false;
      const { lines, cursor, chart, title } = this.#options.draw(this.#state);
      if (title !== undefined) this.#screen?.setTitle(title);
      this.#screen?.showChart(chart);
      this.#screen?.paint(lines, cursor);
    });
  }
}

const OF_TERMINAL: ReadonlySet<string> = new Set<TerminalEffect['kind']>(['quit', 'suspend', 'redraw', 'copy']);

function isOfTerminal(effect: { readonly kind: string }): effect is TerminalEffect {
  return OF_TERMINAL.has(effect.kind);
}
