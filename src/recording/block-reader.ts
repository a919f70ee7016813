import { brotliDecompressSync, constants } from 'node:zlib';
import type { Instant } from '../core/clock.ts';
import { type Maybe, missing } from '../core/missing.ts';
import { ByteReader, DamagedBytes } from './bytes.ts';
import {
  BLOCK_BYTES_MAX,
  BLOCK_FRAMES_MAX,
  crc32,
  HEAD_BYTES,
  readChunkHead,
  UNPACKED_BYTES,
  UNPACKED_PER_BYTE,
} from './chunk.ts';
import type { EncodedFrame, Frame, RecordedRun } from './frame.ts';
import { decodeFrame, frameInstant, splitFrame } from './frame-codec.ts';
import { decodeRun, runHead } from './run-codec.ts';

/** A frame that is decoded when it is asked for. */
export interface StoredFrame {
  readonly instant: Instant;
  /** Missing (`malformed`) where its bytes are none of a frame's: forged, or of a later version. */
  decode(): Maybe<Frame>;
  /** The same with the runs as bytes: a tenth of the work. */
  split(): Maybe<EncodedFrame>;
}

/** What could be had from a block's bytes. */
export interface BlockContents {
  readonly frames: readonly StoredFrame[];
  /** Whether the block's end was met: false for one that is still written, was torn or is damaged. */
  readonly isComplete: boolean;
  /** What was skipped and why, one line each; being torn at the end is no damage. */
  readonly damage: readonly string[];
}

/**
 * Decodes a block. Pieces are taken up to the first one that is not all there or whose checksum fails: what follows it
 * in the block cannot be decompressed. Never throws, and makes at most `BLOCK_BYTES_MAX` of the bytes.
 */
export function readBlock(bytes: Uint8Array): BlockContents {
  const damage: string[] = [];
  const { pieces, isComplete } = soundPieces(bytes, damage);
  return { frames: framesIn(decompressed(pieces, damage), damage), isComplete, damage };
}

/** The run in these bytes of a frame; missing (`malformed`) where they are none. */
export function readRun(bytes: Uint8Array): Maybe<RecordedRun> {
  return attempt(() => decodeRun(bytes));
}

/** Its topic and arguments alone. */
export function readRunHead(bytes: Uint8Array): Maybe<Pick<RecordedRun, 'topic' | 'args'>> {
  return attempt(() => runHead(bytes));
}

function soundPieces(bytes: Uint8Array, damage: string[]): { pieces: Uint8Array[]; isComplete: boolean } {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  while (bytes.length - offset >= HEAD_BYTES) {
    const head = readChunkHead(bytes.subarray(offset));
    if (head === undefined) {
      damage.push(`damaged bytes ${bytes.length - offset} before the end of a block; its rest is skipped`);
      break;
    }
    const end = offset + HEAD_BYTES + head.payloadBytes;
    if (end > bytes.length) break;
    const payload = bytes.subarray(offset + HEAD_BYTES, end);
    if (crc32(payload) !== head.payloadCrc) {
      const until = new Date(head.instant.at).toISOString();
      damage.push(`a checksum fails in the frames up to ${until}; the rest of their block is skipped`);
      break;
    }
    if (head.kind === 'piece' || head.kind === 'last') pieces.push(payload);
    if (head.kind === 'last') return { pieces, isComplete: true };
    offset = end;
  }
  return { pieces, isComplete: false };
}

function decompressed(pieces: readonly Uint8Array[], damage: string[]): Uint8Array {
  try {
    const packed = Buffer.concat(pieces);
    return brotliDecompressSync(packed, {
      // Lets a stream end at a flush.
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
      maxOutputLength: Math.min(BLOCK_BYTES_MAX, UNPACKED_BYTES + UNPACKED_PER_BYTE * packed.length),
      chunkSize: 256 * 1024,
    });
  } catch (error) {
    damage.push(`a block cannot be decompressed: ${error instanceof Error ? error.message : String(error)}`);
    return new Uint8Array();
  }
}

function framesIn(stream: Uint8Array, damage: string[]): StoredFrame[] {
  const from = new ByteReader(stream);
  const frames: StoredFrame[] = [];
  try {
    while (from.remaining > 0) {
      if (frames.length >= BLOCK_FRAMES_MAX) throw new DamagedBytes(`more than ${BLOCK_FRAMES_MAX} frames`);
      const bytes = from.raw(from.word());
      frames.push({
        instant: frameInstant(bytes),
        decode: () => attempt(() => decodeFrame(bytes)),
        split: () => attempt(() => splitFrame(bytes)),
      });
    }
  } catch (error) {
    damage.push(`a block's frames end in damaged bytes: ${messageOf(error)}`);
  }
  return frames;
}

function attempt<T>(decode: () => T): Maybe<T> {
  try {
    return decode();
  } catch (error) {
    return missing('malformed', `a frame cannot be decoded: ${messageOf(error)}`);
  }
}

/** Anything but damage is a mistake of this program and must not pass for damage. */
function messageOf(error: unknown): string {
  if (error instanceof DamagedBytes) return error.message;
  throw error;
}
