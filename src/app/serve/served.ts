import { gzipSync } from 'node:zlib';
import type { Answer } from './web-server.ts';

/**
 * A text that is made at most once per tick, however often it is asked for: a second scraper is free, and so are a
 * thousand at once.
 */
export class Served {
  readonly #type: string;
  readonly #make: () => string;
  #body: string | undefined;
  #packed: Buffer | undefined;

  constructor(type: string, make: () => string) {
    this.#type = type;
    this.#make = make;
  }

  /** The answer of now. */
  get answer(): Answer {
    this.#body ??= this.#make();
    const body = this.#body;
    return { status: 200, type: this.#type, body, gzipped: () => this.#gzipped(body) };
  }

  #gzipped(body: string): Buffer {
    this.#packed ??= gzipSync(body, { level: 1 });
    return this.#packed;
  }

  /** What it was made of has changed. */
  forget(): void {
    this.#body = undefined;
    this.#packed = undefined;
  }
}
