import type { HostOrigin } from '../../host/host.ts';
import { systemClock } from '../../host/live-host.ts';
import { draw } from '../../views/draw.ts';
import type { Effect } from '../../views/effect.ts';
import type { Message } from '../../views/message.ts';
import { type Dropping, initialState, type State } from '../../views/state.ts';
import { update } from '../../views/update.ts';
import type { ErrorLog } from '../base/error-log.ts';
import type { Settings } from '../base/settings.ts';
import { type TerminalEffect, TerminalLoop, type UsableTerminal } from './terminal-loop.ts';

/** What a screen shows, and who does what it wants done. */
export interface ScreenLoopOptions {
  readonly settings: Settings;
  readonly terminal: UsableTerminal;
  readonly origin: HostOrigin;
  readonly intervalSeconds: number;
  readonly dropping: Dropping;
  /** What goes wrong beside the screen is told here too. */
  readonly log: ErrorLog;
  /** Gets every effect but those of the terminal itself. */
  onEffect(effect: Exclude<Effect, TerminalEffect>): void;
}

/** The loop of a node's screen: live, replay and demo differ only in where models come from. */
export class ScreenLoop {
  readonly #loop: TerminalLoop<State, Message, Exclude<Effect, TerminalEffect>>;

  constructor({ settings, terminal, origin, intervalSeconds, dropping, log, onEffect }: ScreenLoopOptions) {
    this.#loop = new TerminalLoop({
      settings,
      terminal,
      log,
      initial: (size, theme) => initialState({ size, theme, intervalSeconds, dropping, origin: origin.kind }),
      update,
      draw,
      onEffect,
    });
  }

  /** What is shown now. */
  get state(): State {
    return this.#loop.state;
  }

  /** Takes the terminal and shows what there is, until the end; the answer is the exit code. */
  async run(): Promise<number> {
    const code = await this.#loop.run();
    for (const { path } of this.state.exported) process.stdout.write(`${path}\n`);
    return code;
  }

  /** Ends the loop. */
  end(code: number): void {
    this.#loop.end(code);
  }

  /** Takes a message: from a key, from the sampler process, from a clock. */
  handle(message: Message): void {
    this.#loop.handle(message);
  }

  /** Shows one line for a few seconds; what is a warning is logged. */
  notice(text: string, severity: 'info' | 'warning' = 'info'): void {
    this.#loop.notice(text, severity);
  }

  /** Tells the screen which files were written. */
  exported(paths: readonly string[]): void {
    for (const path of paths) this.handle({ kind: 'exported', path, at: systemClock.now() });
  }
}
