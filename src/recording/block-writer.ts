import type { Instant } from '../core/clock.ts';
import { ByteWriter } from './bytes.ts';
import { CarriedRuns } from './carried-runs.ts';
import { BLOCK_BYTES, type Chunk, FRAME_BYTES_MAX } from './chunk.ts';
import { Compressor } from './compressor.ts';
import type { EncodedFrame } from './frame.ts';
import { encodeFrame } from './frame-codec.ts';

/** What a {@link BlockWriter} is told. */
export interface BlockWriterOptions {
  /** Topics of which every arguments' latest run is carried, and not only the topic's. */
  readonly keyedTopics: ReadonlySet<string>;
  /** Gets the chunks in their order. */
  readonly onChunk: (chunk: Chunk) => void;
  /** Compression failed (no memory): nothing more is recorded. One line. */
  readonly onFailure: (message: string) => void;
  /**
   * How long a block lasts: 600 s unless told. A key frame of 300 cgroups takes 57 kB and a frame 1.2 kB, so that with
   * blocks of 60 s more than half of a recording would be key frames; 600 s of frames (12 MB) are decompressed in 30 ms.
   */
  readonly blockSeconds?: number;
}

/** Pieces end at least so often, as long as frames come; with slower frames, after each. */
const FLUSH_SECONDS = 5;

/** Frames that wait for the compressor; one that comes when there are more is left out. */
const WAITING_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Turns frames into blocks and these into chunks. It has no timer: a tick is what makes it flush. A block ends after its
 * time, at its size, when either clock goes back, and after a frame that was left out, so that inside a block time
 * never goes back and no frame is missing.
 */
export class BlockWriter {
  readonly #options: BlockWriterOptions;
  readonly #latest: CarriedRuns;
  #work: Promise<void> = Promise.resolve();
  #compressor: Compressor | undefined;
  /** Frames since the last flush: handed over together, since every hand-over wakes a thread of the pool. */
  #held: Uint8Array[] = [];
  #waitingBytes = 0;
  #first: Instant | undefined;
  #previous: Instant | undefined;
  #flushedSeconds = 0;
  #blockBytes = 0;
  #isFlushed = true;
  #failed = false;

  constructor(options: BlockWriterOptions) {
    this.#options = options;
    this.#latest = new CarriedRuns(options.keyedTopics);
  }

  /** Takes a frame; false where it was left out: too large, or the compressor is too far behind. Never throws. */
  write(frame: EncodedFrame): boolean {
    for (const run of frame.carried) this.#latest.rememberOlder(run);
    const begins = this.#mustBegin(frame.instant);
    const carried = begins ? this.#latest.all() : [];
    for (const run of frame.runs) this.#latest.remember(run);
    const bytes = framed({ ...frame, carried });
    if (this.#failed || bytes.length > FRAME_BYTES_MAX || this.#waitingBytes + bytes.length > WAITING_BYTES_MAX) {
      this.#endBlock();
      return false;
    }
    // When the next frame comes is not known but for the last gap; after the very first, nothing is.
    const gapSeconds =
      this.#previous === undefined ? Number.POSITIVE_INFINITY : secondsBetween(this.#previous, frame.instant);
    if (begins) this.#beginBlock(frame.instant);
    this.#append(bytes);
    this.#previous = frame.instant;
    this.#isFlushed = false;
    const heldSeconds = frame.instant.monotonicSeconds - this.#flushedSeconds;
    if (heldSeconds + gapSeconds > FLUSH_SECONDS) this.#flush(frame.instant);
    return true;
  }

  /** Everything written so far is in chunks when this is done. */
  async flush(): Promise<void> {
    if (this.#previous !== undefined) this.#flush(this.#previous);
    await this.#work;
  }

  /** Ends the block. Whatever is written after it begins a new one. */
  async close(): Promise<void> {
    this.#endBlock();
    await this.#work;
  }

  #mustBegin(instant: Instant): boolean {
    if (this.#first === undefined || this.#previous === undefined) return true;
    return (
      instant.at < this.#previous.at ||
      instant.monotonicSeconds < this.#previous.monotonicSeconds ||
      secondsBetween(this.#first, instant) >= (this.#options.blockSeconds ?? 600) ||
      this.#blockBytes >= BLOCK_BYTES
    );
  }

  #beginBlock(instant: Instant): void {
    this.#endBlock();
    this.#first = instant;
    this.#flushedSeconds = instant.monotonicSeconds;
    this.#blockBytes = 0;
    this.#do(async () => {
      this.#compressor = new Compressor();
      this.#options.onChunk({ kind: 'block', instant, payload: new Uint8Array() });
    });
  }

  #append(bytes: Uint8Array): void {
    this.#blockBytes += bytes.length;
    this.#waitingBytes += bytes.length;
    this.#held.push(bytes);
  }

  #handOver(): void {
    const held = Buffer.concat(this.#held);
    this.#held = [];
    this.#do(async () => {
      await this.#compressor?.write(held);
      this.#waitingBytes -= held.length;
    });
  }

  #flush(instant: Instant): void {
    if (this.#isFlushed) return;
    this.#isFlushed = true;
    this.#flushedSeconds = instant.monotonicSeconds;
    this.#handOver();
    this.#do(async () => {
      if (this.#compressor === undefined) return;
      this.#options.onChunk({ kind: 'piece', instant, payload: await this.#compressor.flush() });
    });
  }

  #endBlock(): void {
    if (this.#first === undefined || this.#previous === undefined) return;
    const instant = this.#previous;
    this.#first = undefined;
    this.#isFlushed = true;
    this.#handOver();
    this.#do(async () => {
      if (this.#compressor === undefined) return;
      const payload = await this.#compressor.end();
      this.#compressor = undefined;
      this.#options.onChunk({ kind: 'last', instant, payload });
    });
  }

  #do(step: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#failed) return;
      try {
        await step();
      } catch (error) {
        this.#failed = true;
        this.#options.onFailure(error instanceof Error ? error.message : String(error));
      }
    });
  }
}

/** A frame as it stands in the block's stream: behind its length in four bytes. */
function framed(frame: EncodedFrame): Uint8Array {
  const bytes = encodeFrame(frame);
  const out = new ByteWriter(bytes.length + 4);
  out.word(bytes.length);
  out.raw(bytes);
  return out.finish();
}

function secondsBetween(from: Instant, to: Instant): number {
  return to.monotonicSeconds - from.monotonicSeconds;
}
