import type { EpochMs, Instant } from '../core/clock.ts';
import { isMissing } from '../core/missing.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { type Chunk, encodeChunk, HEAD_BYTES } from './chunk.ts';
import { encodeHeader, type RecordingHeader } from './header.ts';
import type { RecordingSource } from './recording-source.ts';

/*
 * The file of a recording, version 1
 *
 * It begins with the line `slabtop-k8s recording 1`, so that `head -1` says what it is, and goes on with chunks until
 * its end. All numbers are little-endian; "whole" is a number of seven bits a byte, lowest first, the top bit set on
 * all bytes but the last; a text is its length in bytes as a whole, and UTF-8.
 *
 * A chunk is a head of 33 bytes and a payload:
 *   0  4  mark F5 4B 38 F5: where a reader goes on after damaged bytes
 *   4  1  kind: H header, B block begins, P piece, E last piece, I index, T trailer; a reader skips kinds it does not know
 *   5  4  length of the payload
 *   9  8  wall clock, ms since 1970, 64-bit floating point: of B the first frame's, of P and E the last frame's
 *  17  8  monotonic clock, s, likewise
 *  25  4  CRC-32 of the payload
 *  29  4  CRC-32 of the 29 bytes before, so that heads can be followed without reading payloads
 *
 * H comes first: what the recording is of, as JSON (`RecordingHeader`). Then blocks: B, any number of P, and E. The
 * payloads of P and E, one after the other, are one brotli stream, flushed at the end of every P: a block that has no
 * E, because it is still written or because the power went, decompresses up to its last whole P. Nothing in a block
 * refers to anything before it. Inside a block the wall clock does not go back; where it did, a block ended.
 *
 * Decompressed, a block is frames, each behind its length in four bytes. `frame-codec.ts` has the form of a frame and
 * `run-codec.ts` that of a run. The first frame of a block is the key frame: beside its own runs it carries the
 * latest run of every topic before it, with their own instants, so that the state at any moment is: the block's
 * first frame, and the frames up to that moment.
 *
 * A file that was closed ends with I and T. I has a row for each block: offset of its B, bytes of all its chunks (both
 * as wholes), instant of its first and of its last frame (four floating point numbers). T has the offset of I as a
 * 64-bit floating point number. A file without them is read by following the heads.
 *
 * Rotated files (FILE, FILE.1 the one before it, FILE.2 ...) are whole recordings, each with a header.
 */

/** The version that this program writes; it reads every version up to it. */
export const FILE_VERSION = 1;

/** The first line of every recording of this version. */
export const FILE_MAGIC = `slabtop-k8s recording ${FILE_VERSION}\n`;

const NO_INSTANT: Instant = { at: 0, monotonicSeconds: 0 };

/** What the index says of one block. */
export interface IndexRow {
  readonly offset: number;
  readonly byteLength: number;
  readonly first: Instant;
  readonly last: Instant;
}

/** The length of the trailer chunk. */
export const TRAILER_BYTES = HEAD_BYTES + 8;

/** What a file begins with. */
export function encodeBeginning(header: RecordingHeader): Uint8Array {
  const chunk: Chunk = { kind: 'header', instant: NO_INSTANT, payload: encodeHeader(header) };
  return Buffer.concat([Buffer.from(FILE_MAGIC, 'latin1'), encodeChunk(chunk)]);
}

/** What a file ends with when it is closed: index and trailer. `offset` is where they will stand. */
export function encodeEnding(rows: readonly IndexRow[], offset: number): Uint8Array {
  const index = new ByteWriter();
  index.whole(rows.length);
  for (const row of rows) {
    index.whole(row.offset);
    index.whole(row.byteLength);
    for (const instant of [row.first, row.last]) {
      index.real(instant.at);
      index.real(instant.monotonicSeconds);
    }
  }
  const trailer = new ByteWriter();
  trailer.real(offset);
  return Buffer.concat([
    encodeChunk({ kind: 'index', instant: NO_INSTANT, payload: index.finish() }),
    encodeChunk({ kind: 'trailer', instant: NO_INSTANT, payload: trailer.finish() }),
  ]);
}

/** The rows in an index's payload; throws `DamagedBytes` where it is none. */
export function decodeIndex(payload: Uint8Array): IndexRow[] {
  const from = new ByteReader(payload);
  const count = from.whole();
  const rows: IndexRow[] = [];
  for (let index = 0; index < count; index++) {
    rows.push({
      offset: from.whole(),
      byteLength: from.whole(),
      first: { at: from.real(), monotonicSeconds: from.real() },
      last: { at: from.real(), monotonicSeconds: from.real() },
    });
  }
  return rows;
}

/**
 * The bytes of a recording's file with the blocks of `source` that touch the time from `from` to `until`, piece by
 * piece: the last hour in a bundle. Blocks go as they are, whole, so that nothing is compressed again; one that is no
 * longer there is left out.
 */
export function* recordingFile(
  source: RecordingSource,
  header: RecordingHeader,
  from: EpochMs = Number.NEGATIVE_INFINITY,
  until: EpochMs = Number.POSITIVE_INFINITY,
): Generator<Uint8Array> {
  const beginning = encodeBeginning(header);
  yield beginning;
  let offset = beginning.length;
  const rows: IndexRow[] = [];
  for (const block of source.blocks()) {
    if (block.last.at < from || block.first.at > until) continue;
    const bytes = source.blockBytes(block);
    if (isMissing(bytes)) continue;
    yield bytes;
    rows.push({ offset, byteLength: bytes.length, first: block.first, last: block.last });
    offset += bytes.length;
  }
  yield encodeEnding(rows, offset);
}
