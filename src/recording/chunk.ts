import type { Instant } from '../core/clock.ts';

import { isInstant } from './value-codec.ts';

/**
 * What a chunk is for, one ASCII letter. `header`: what the recording is of. `block`: a block begins. `piece`: brotli
 * bytes of the block, ending where the decoder can get everything before. `last`: the block's last piece. `index`:
 * where the blocks are. `trailer`: where the index is.
 */
const CHUNK_LETTERS = {
  header: 0x48,
  block: 0x42,
  piece: 0x50,
  last: 0x45,
  index: 0x49,
  trailer: 0x54,
} as const;

/** One of the keys of {@link CHUNK_LETTERS}. */
export type ChunkKind = keyof typeof CHUNK_LETTERS;

/** One checked stretch of a recording. It is plain data, so that it can be sent from process to process. */
export interface Chunk {
  readonly kind: ChunkKind;
  /** Of a block its first frame's, of a piece its last frame's; zeros where the chunk has no frame. */
  readonly instant: Instant;
  readonly payload: Uint8Array;
}

/** What stands before a payload. */
export interface ChunkHead {
  /** Missing letter: a kind of a later version, to be skipped. */
  readonly kind: ChunkKind | undefined;
  readonly instant: Instant;
  readonly payloadBytes: number;
  readonly payloadCrc: number;
}

/** Bytes that no text and rarely anything else has: how a reader finds its way again after damaged bytes. */
export const MARK = Buffer.from([0xf5, 0x4b, 0x38, 0xf5]);

/** The length of a chunk's head in bytes. */
export const HEAD_BYTES = 33;

const KIND_OF_LETTER = new Map<number, ChunkKind>([
  [CHUNK_LETTERS.header, 'header'],
  [CHUNK_LETTERS.block, 'block'],
  [CHUNK_LETTERS.piece, 'piece'],
  [CHUNK_LETTERS.last, 'last'],
  [CHUNK_LETTERS.index, 'index'],
  [CHUNK_LETTERS.trailer, 'trailer'],
]);

/** The bytes of a chunk: head and payload. */
export function encodeChunk(chunk: Chunk): Uint8Array {
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + chunk.payload.length);
  bytes.set(MARK, 0);
  bytes.writeUInt8(CHUNK_LETTERS[chunk.kind], 4);
  bytes.writeUInt32LE(chunk.payload.length, 5);
  bytes.writeDoubleLE(chunk.instant.at, 9);
  bytes.writeDoubleLE(chunk.instant.monotonicSeconds, 17);
  bytes.writeUInt32LE(crc32(chunk.payload), 25);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 29)), 29);
  bytes.set(chunk.payload, HEAD_BYTES);
  return bytes;
}

/** The head at the beginning of these bytes; none where they are too few or damaged. */
export function readChunkHead(bytes: Uint8Array): ChunkHead | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  if (!head.subarray(0, MARK.length).equals(MARK) || head.readUInt32LE(29) !== crc32(head.subarray(0, 29))) {
    return undefined;
  }
  const instant = { at: head.readDoubleLE(9), monotonicSeconds: head.readDoubleLE(17) };
  if (!isInstant(instant)) return undefined;
  return {
    kind: KIND_OF_LETTER.get(head.readUInt8(4)),
    instant,
    payloadBytes: head.readUInt32LE(5),
    payloadCrc: head.readUInt32LE(25),
  };
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

/** The CRC-32 of gzip and PNG. `zlib.crc32` came with Node 20.15, and this program runs from 20.0 on. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/** A frame larger than this is not recorded, because a reader would refuse its block. */
export const FRAME_BYTES_MAX = 32 * 1024 * 1024;

/** A block ends when its frames take so much before compression. */
export const BLOCK_BYTES = 16 * 1024 * 1024;

/** What a reader makes of one block at most: a block up to its limit, and one frame that carries what it may carry. */
export const BLOCK_BYTES_MAX = BLOCK_BYTES + FRAME_BYTES_MAX + 1024 * 1024;

/**
 * What a block may unpack to for each of its bytes, and beside that: so the work that a file makes is bounded by its
 * size, and not by what brotli can make of a few bytes. Frames of a node pack to a
 * fortieth, those of a folder of files, which never changes, to a two-thousandth.
 */
export const UNPACKED_PER_BYTE = 8000;
export const UNPACKED_BYTES = 256 * 1024;

/** Most frames of a block: ten minutes of five a second are 3,000. */
export const BLOCK_FRAMES_MAX = 50_000;

/** Most runs of a frame, and readings of a run: a walk over 200,000 cgroups has four of each. */
export const FRAME_RUNS_MAX = 20_000;
export const RUN_READINGS_MAX = 2_000_000;
