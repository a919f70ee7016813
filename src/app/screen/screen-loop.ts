import { systemErrorSentence } from '../../core/errno.ts';
import { oneLine } from '../../core/printable.ts';
import type { HostOrigin } from '../../host/host.ts';
import { systemClock } from '../../host/live-host.ts';
import { draw } from '../../views/draw.ts';
import type { Effect } from '../../views/effect.ts';
import type { Message } from '../../views/message.ts';
import { openScreen, type Screen } from '../../views/screen.ts';
import { type Dropping, initialState, type State } from '../../views/state.ts';
import type { TerminalDecision } from '../../views/terminal/decide-terminal.ts';
import { update } from '../../views/update.ts';
import type { ErrorLog } from '../base/error-log.ts';
import type { Setting } from '../base/settings.ts';
import { forgetTerminal } from './forget-terminal.ts';

/** A terminal that a live screen can be shown in. */
export type UsableTerminal = Extract<TerminalDecision, { kind: 'usable' }>;

/** What a screen shows, and who does what it wants done. */
export interface ScreenLoopOptions {
  readonly setting: Setting;
  readonly terminal: UsableTerminal;
  readonly origin: HostOrigin;
  readonly intervalSeconds: number;
  readonly dropping: Dropping;
  /** What goes wrong beside the screen is told here too. */
  readonly log: ErrorLog;
  /** Gets every effect but those of the terminal itself. */
  onEffect(effect: Exclude<Effect, { kind: 'quit' | 'suspend' | 'redraw' }>): void;
}

const SIZE_UNTIL_OPEN = { columns: 80, rows: 24 };

/**
 * The one loop around state, update and draw: live, replay and demo differ only in where models come from. Messages
 * that come together are painted together.
 */
export class ScreenLoop {
  readonly #options: ScreenLoopOptions;
  readonly #unicode: boolean;
  readonly #colour: boolean;
  #state: State;
  #screen: Screen | undefined;
  #paintScheduled = false;
  readonly #ended: Promise<number>;
  #end: (code: number) => void = () => {};

  constructor(options: ScreenLoopOptions) {
    this.#options = options;
    const { setting, terminal, origin, intervalSeconds, dropping } = options;
    this.#unicode = terminal.unicode && setting.ascii !== true;
    this.#colour = terminal.colour && setting.color !== false;
    this.#state = initialState({
      size: SIZE_UNTIL_OPEN,
      theme: { unicode: this.#unicode, colour: this.#colour, graph: this.#unicode ? 'braille' : 'ascii' },
      intervalSeconds,
      dropping,
      origin: origin.kind,
    });
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
      unicode: this.#unicode,
      colour: this.#colour,
      after: (milliseconds, then) => {
        const timer = setTimeout(then, milliseconds);
        return () => clearTimeout(timer);
      },
      forgetTerminal,
      onKey: (key) => this.handle({ kind: 'key', key }),
      onResize: (size) => this.handle({ kind: 'resize', size }),
      onEnd: ({ exitCode }) => this.end(exitCode),
      onStrayError: (error) => this.#survives(error),
    });
    this.#screen = screen;
    this.handle({ kind: 'resize', size: screen.size() });
    const code = await this.#ended;
    this.#screen = undefined;
    await screen.close();
    for (const { path } of this.#state.exported) process.stdout.write(`${path}\n`);
    return code;
  }

  /** Ends the loop. */
  end(code: number): void {
    this.#end(code);
  }

  /** Takes a message: from a key, from the sampler process, from a clock. */
  handle(message: Message): void {
    const { state, effects } = update(this.#state, message);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    this.#paintSoon();
  }

  /** Shows one line for a few seconds; what is a warning is logged. */
  notice(text: string, severity: 'info' | 'warning' = 'info'): void {
    if (severity === 'warning') this.#options.log.write(text);
    this.handle({ kind: 'notice', text, severity });
  }

  /** Tells the screen which files were written. */
  exported(paths: readonly string[]): void {
    for (const path of paths) this.handle({ kind: 'exported', path, at: systemClock.now() });
  }

  /** An errno belongs to what was being done, and not to the screen, which goes on in the middle of an incident. */
  #survives(error: Error): boolean {
    const sentence = systemErrorSentence(error);
    this.#options.log.write(error.stack ?? error.message);
    if (sentence === undefined) return false;
    this.notice(oneLine(sentence), 'warning');
    return true;
  }

  #do(effect: Effect): void {
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
      default:
        this.#options.onEffect(effect);
    }
  }

  #paintSoon(): void {
    if (this.#paintScheduled || this.#screen === undefined) return;
    this.#paintScheduled = true;
    setImmediate(() => {
      this.#paintScheduled = false;
      const { lines, cursor, chart } = draw(this.#state);
      this.#screen?.showChart(chart);
      this.#screen?.paint(lines, cursor);
    });
  }
}
