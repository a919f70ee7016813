import { EventEmitter } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import type { ReadStream } from 'node:tty';
import { keysOfRest, splitInput } from './split-input.ts';

/** How long the start of an escape sequence is waited for; after that it was the Escape key. */
const ESCAPE_REST_MS = 50;

/** Between these two a terminal sends what was pasted, where it was asked to (bracketed paste). */
const PASTE_BEGINS = '\x1b[200~';
const PASTE_ENDS = '\x1b[201~';

/** A paste without an end is over when nothing came for so long: else no key would work any more. */
const PASTE_REST_MS = 1000;

/** More than this of a paste is not kept. */
const LONGEST_PASTE = 4096;

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
  /** What was pasted so far; undefined while nothing is. */
  private paste: string | undefined;
  private cancelPaste: () => void = () => undefined;
  private readonly receive = (bytes: Buffer) => this.take(this.decoder.write(bytes));

  constructor(
    private readonly terminal: ReadStream,
    private readonly after: After,
    private readonly onCharacter: (character: string) => void,
    private readonly onPaste: (text: string) => void,
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
    this.cancelPaste();
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

  /** Whether it belongs to a paste, which is handed over whole: its letters are no keys, `q` among them. */
  private takePasted(key: string): boolean {
    if (key === PASTE_BEGINS) this.paste = '';
    if (this.paste === undefined) return key === PASTE_ENDS;
    this.cancelPaste();
    if (key === PASTE_ENDS) this.endPaste();
    else {
      if (key !== PASTE_BEGINS) this.paste = (this.paste + key).slice(0, LONGEST_PASTE);
      this.cancelPaste = this.after(PASTE_REST_MS, () => this.endPaste());
    }
    return true;
  }

  private endPaste(): void {
    const text = this.paste;
    this.paste = undefined;
    if (text !== undefined) this.onPaste(text);
  }

  /** The library decodes bytes and ASCII; it would halve a character beyond the first 65,536. */
  private deliver(key: string): void {
    if (this.takePasted(key)) return;
    if (key.startsWith('\x1b') || key <= '\x7f') this.emit('data', Buffer.from(key));
    else this.onCharacter(key);
  }
}
