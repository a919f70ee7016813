import { EventEmitter } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import type { ReadStream } from 'node:tty';
import { keysOfRest, splitInput } from './split-input.ts';

/** How long the start of an escape sequence is waited for; after that it was the Escape key. */
const ESCAPE_REST_MS = 50;

/** Runs `then` after that time unless the answer is called first; timers belong to the application. */
export type After = (milliseconds: number, then: () => void) => () => void;

/**
 * The input the widget library sees: one event for every key, never a torn sequence and never two keys at once, both
 * of which it decodes wrongly.
 */
export class InputGate extends EventEmitter {
  readonly isTTY = true;
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';
  private cancelRest: () => void = () => undefined;
  private readonly receive = (bytes: Buffer) => this.take(this.decoder.write(bytes));

  constructor(
    private readonly terminal: ReadStream,
    private readonly after: After,
    private readonly onCharacter: (character: string) => void,
  ) {
    super();
    terminal.on('data', this.receive);
  }

  get isRaw(): boolean {
    return this.terminal.isRaw;
  }

  /** Raw mode of a terminal that is gone cannot be set, which is no news. */
  setRawMode(raw: boolean): void {
    if (this.terminal.destroyed) return;
    this.terminal.setRawMode(raw);
  }

  resume(): void {
    this.terminal.resume();
  }

  pause(): void {
    this.terminal.pause();
  }

  /** Listens no longer; what was typed after this belongs to the shell. */
  close(): void {
    this.cancelRest();
    this.terminal.off('data', this.receive);
  }

  private take(text: string): void {
    this.cancelRest();
    const { keys, rest } = splitInput(this.rest + text);
    this.rest = rest;
    if (rest !== '') this.cancelRest = this.after(ESCAPE_REST_MS, () => this.takeRest());
    for (const key of keys) this.deliver(key);
  }

  private takeRest(): void {
    const keys = keysOfRest(this.rest);
    this.rest = '';
    for (const key of keys) this.deliver(key);
  }

  /** The library decodes bytes and ASCII; it would halve a character beyond the first 65,536. */
  private deliver(key: string): void {
    if (key.startsWith('\x1b') || key <= '\x7f') this.emit('data', Buffer.from(key));
    else this.onCharacter(key);
  }
}
