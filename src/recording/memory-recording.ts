import type { Instant } from '../core/clock.ts';
import { type Maybe, missing } from '../core/missing.ts';
import { type Chunk, encodeChunk } from './chunk.ts';
import type { RecordingHeader } from './header.ts';
import type { BlockInfo, RecordingSource } from './recording-source.ts';

/** How much a {@link MemoryRecording} keeps. */
export interface MemoryLimits {
  /** Blocks go when the newer ones cover so much: an hour unless told. */
  readonly seconds?: number;
  /** Blocks go when all take more: 64 MiB unless told. The newest always stays. */
  readonly bytes?: number;
}

interface HeldBlock {
  readonly ordinal: number;
  readonly first: Instant;
  last: Instant;
  readonly chunks: Uint8Array[];
  byteLength: number;
}

/**
 * The last hour of a recording, in memory and compressed as it came: a ring of whole blocks. A sampler process that is
 * started again simply begins a new block; its monotonic clock may have another origin, so that the ring adds up the
 * time that its blocks cover.
 */
export class MemoryRecording implements RecordingSource {
  readonly header: RecordingHeader;
  readonly #limits: Required<MemoryLimits>;
  #blocks: HeldBlock[] = [];
  #next = 0;
  #bytes = 0;

  constructor(header: RecordingHeader, limits: MemoryLimits = {}) {
    this.header = header;
    this.#limits = { seconds: limits.seconds ?? 3600, bytes: limits.bytes ?? 64 * 1024 * 1024 };
  }

  /** Takes the next chunk of a `BlockWriter`; those before the beginning of a block are left out. */
  append(chunk: Chunk): void {
    if (chunk.kind === 'block') {
      this.#blocks.push({
        ordinal: this.#next++,
        first: chunk.instant,
        last: chunk.instant,
        chunks: [],
        byteLength: 0,
      });
    }
    const block = this.#blocks.at(-1);
    if (block === undefined) return;
    const bytes = encodeChunk(chunk);
    block.chunks.push(bytes);
    block.byteLength += bytes.length;
    block.last = chunk.instant;
    this.#bytes += bytes.length;
    this.#dropOldest();
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#bytes;
  }

  blocks(): readonly BlockInfo[] {
    return this.#blocks.map(({ ordinal, first, last, byteLength }) => ({ ordinal, first, last, byteLength }));
  }

  blockBytes(block: BlockInfo): Maybe<Uint8Array> {
    const held = this.#blocks.find(({ ordinal }) => ordinal === block.ordinal);
    return held === undefined
      ? missing('absent', 'that moment is no longer in memory')
      : Buffer.concat(held.chunks, held.byteLength);
  }

  damage(): readonly string[] {
    return [];
  }

  #dropOldest(): void {
    let newerSeconds = this.#blocks.slice(1).reduce((sum, block) => sum + coveredSeconds(block), 0);
    for (let oldest = this.#blocks[0]; oldest !== undefined && this.#blocks.length > 1; oldest = this.#blocks[0]) {
      if (newerSeconds < this.#limits.seconds && this.#bytes <= this.#limits.bytes) return;
      this.#blocks.shift();
      this.#bytes -= oldest.byteLength;
      const second = this.#blocks[0];
      newerSeconds -= second === undefined ? 0 : coveredSeconds(second);
    }
  }
}

function coveredSeconds(block: HeldBlock): number {
  return block.last.monotonicSeconds - block.first.monotonicSeconds;
}
