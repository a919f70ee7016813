import { isMissing } from '../core/missing.ts';
import { type ChunkHead, HEAD_BYTES, MARK, readChunkHead } from './chunk.ts';
import type { IndexRow } from './file-format.ts';
import type { RandomBytes } from './random-bytes.ts';

const WINDOW_BYTES = 256 * 1024;

/**
 * Finds the blocks of a recording by following the heads of its chunks: for a file that has no index because it is
 * still written or was torn. Payloads are not checked here, `readBlock` does that.
 */
export class BlockScan {
  /** Blocks found so far; the last one grows while the file does. */
  readonly rows: IndexRow[] = [];
  /** Whether the trailer was met: nothing more will come. */
  isFinished = false;

  readonly #bytes: RandomBytes;
  readonly #damage: string[] = [];
  #unreadableTailBytes = 0;
  #offset: number;
  #isInBlock = false;
  #window: Buffer = Buffer.alloc(0);
  #windowOffset = 0;

  constructor(bytes: RandomBytes, offset: number) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  /** What was skipped, one line each. A chunk that is cut short at the end is none: it may still be written. */
  damage(): readonly string[] {
    if (this.#unreadableTailBytes === 0) return this.#damage;
    return [...this.#damage, `the last ${this.#unreadableTailBytes} bytes are damaged`];
  }

  /** Goes on from the last whole chunk; true where that brought something. Bytes torn at the end are left for later. */
  advance(): boolean {
    const size = this.#bytes.size();
    if (isMissing(size)) return false;
    this.#window = Buffer.alloc(0);
    const before = this.#offset;
    this.#unreadableTailBytes = 0;
    while (!this.isFinished) {
      const head = readChunkHead(this.#from(this.#offset));
      if (head === undefined) {
        if (!this.#findNextHead(size)) {
          if (size - this.#offset >= HEAD_BYTES) this.#unreadableTailBytes = size - this.#offset;
          break;
        }
      } else {
        const next = this.#offset + HEAD_BYTES + head.payloadBytes;
        if (next > size) break;
        this.#take(head);
        this.#offset = next;
      }
    }
    return this.#offset > before;
  }

  #take(head: ChunkHead): void {
    const byteLength = HEAD_BYTES + head.payloadBytes;
    if (head.kind === 'block') {
      this.rows.push({ offset: this.#offset, byteLength, first: head.instant, last: head.instant });
      this.#isInBlock = true;
    } else if (head.kind === 'piece' || head.kind === 'last') {
      const row = this.rows.at(-1);
      if (row === undefined || !this.#isInBlock) return;
      this.rows[this.rows.length - 1] = { ...row, byteLength: row.byteLength + byteLength, last: head.instant };
      this.#isInBlock = head.kind === 'piece';
    } else {
      this.#isInBlock = false;
      this.isFinished = head.kind === 'trailer';
    }
  }

  #findNextHead(size: number): boolean {
    for (let offset = this.#offset + 1; offset + HEAD_BYTES <= size; ) {
      const window = this.#from(offset);
      const found = window.indexOf(MARK);
      if (found < 0) {
        offset += Math.max(1, window.length - MARK.length + 1);
      } else if (readChunkHead(this.#from(offset + found)) === undefined) {
        offset += found + 1;
      } else {
        this.#damage.push(`${offset + found - this.#offset} damaged bytes at ${this.#offset} are skipped`);
        this.#isInBlock = false;
        this.#offset = offset + found;
        return true;
      }
    }
    return false;
  }

  /**
   * The bytes from `offset` on that are in memory, a head's at least where the file has them. They are read again only
   * where the window has fewer, and never copied: damaged bytes may hold a mark every three bytes.
   */
  #from(offset: number): Buffer {
    const start = offset - this.#windowOffset;
    if (start >= 0 && start + HEAD_BYTES <= this.#window.length) return this.#window.subarray(start);
    const read = this.#bytes.read(offset, WINDOW_BYTES);
    this.#window = isMissing(read) ? Buffer.alloc(0) : Buffer.from(read.buffer, read.byteOffset, read.length);
    this.#windowOffset = offset;
    return this.#window;
  }
}
