import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { BlockScan } from './block-scan.ts';
import { DamagedBytes } from './bytes.ts';
import { BLOCK_BYTES_MAX, type ChunkKind, crc32, HEAD_BYTES, readChunkHead } from './chunk.ts';
import { decodeIndex, FILE_MAGIC, FILE_VERSION, type IndexRow, TRAILER_BYTES } from './file-format.ts';
import { decodeHeader, type RecordingHeader } from './header.ts';
import { bytesInFile, bytesInMemory, type RandomBytes } from './random-bytes.ts';
import type { BlockInfo, RecordingSource } from './recording-source.ts';
import { isInstant } from './value-codec.ts';

/** A recording in a file or in the bytes of one. */
export interface StoredRecording extends RecordingSource {
  /** Whether it was closed; else it is still written, or was torn. */
  isFinished(): boolean;
  /** Looks for what was written since; true where there is more. */
  refresh(): boolean;
  close(): void;
}

/** Opens the file of a recording. Missing, in words, where it is none, of a later version, or cannot be read. */
export function openRecording(path: string): Maybe<StoredRecording> {
  const bytes = bytesInFile(path);
  return isMissing(bytes) ? bytes : openStored(path, bytes);
}

/** The same for the bytes of a recording's file; `name` stands in messages. */
export function openRecordingBytes(name: string, bytes: Uint8Array): Maybe<StoredRecording> {
  return openStored(name, bytesInMemory(bytes));
}

function openStored(name: string, bytes: RandomBytes): Maybe<StoredRecording> {
  const refused = refusal(name, bytes);
  if (refused !== undefined) {
    bytes.close();
    return refused;
  }
  const header = readHeader(bytes);
  const indexed = readIndex(bytes);
  const scan = new BlockScan(bytes, FILE_MAGIC.length);
  if (indexed === undefined) scan.advance();
  let infos: BlockInfo[] = [];
  const rows = indexed ?? scan.rows;
  return {
    header,
    blocks: () => {
      infos = rows.map((row, ordinal) => {
        const known = infos[ordinal];
        return known?.byteLength === row.byteLength ? known : infoOf(row, ordinal);
      });
      return infos;
    },
    blockBytes: (block) => {
      const row = rows[block.ordinal];
      if (row === undefined) return missing('absent', `${name} has no block ${block.ordinal}`);
      if (row.byteLength > BLOCK_BYTES_MAX) return missing('malformed', `${name}: a block of ${row.byteLength} bytes`);
      return bytes.read(row.offset, row.byteLength);
    },
    damage: () => (isMissing(header) ? [header.detail ?? header.unavailable, ...scan.damage()] : scan.damage()),
    isFinished: () => indexed !== undefined || scan.isFinished,
    refresh: () => indexed === undefined && scan.advance(),
    close: () => bytes.close(),
  };
}

function infoOf({ byteLength, first, last }: IndexRow, ordinal: number): BlockInfo {
  return { ordinal, first, last, byteLength };
}

function refusal(name: string, bytes: RandomBytes): ReturnType<typeof missing> | undefined {
  const beginning = bytes.read(0, FILE_MAGIC.length);
  if (isMissing(beginning)) return beginning;
  const line = Buffer.from(beginning).toString('latin1');
  if (line === FILE_MAGIC) return undefined;
  const version = /^slabtop-k8s recording (\d+)/.exec(line)?.[1];
  if (version !== undefined && version !== String(FILE_VERSION)) {
    return missing('unsupported', `${name} is a recording of version ${version}; this program reads ${FILE_VERSION}`);
  }
  // A bit that flipped in the first line is no reason to refuse a day.
  return chunkAt(bytes, FILE_MAGIC.length, 'header') === undefined
    ? missing('malformed', `${name} is not a recording of slabtop-k8s`)
    : undefined;
}

function readHeader(bytes: RandomBytes): Maybe<RecordingHeader> {
  const payload = chunkAt(bytes, FILE_MAGIC.length, 'header');
  if (payload === undefined) return missing('malformed', "the recording's header is damaged");
  try {
    return decodeHeader(payload);
  } catch (error) {
    if (!(error instanceof DamagedBytes)) throw error;
    return missing('malformed', `the recording's header is damaged: ${error.message}`);
  }
}

function readIndex(bytes: RandomBytes): IndexRow[] | undefined {
  const size = bytes.size();
  if (isMissing(size) || size < FILE_MAGIC.length + TRAILER_BYTES) return undefined;
  const trailer = chunkAt(bytes, size - TRAILER_BYTES, 'trailer');
  if (trailer?.length !== 8) return undefined;
  const offset = Buffer.from(trailer).readDoubleLE(0);
  if (!Number.isSafeInteger(offset) || offset < FILE_MAGIC.length || offset >= size) return undefined;
  const payload = chunkAt(bytes, offset, 'index');
  if (payload === undefined) return undefined;
  try {
    const rows = decodeIndex(payload);
    return areBlocks(rows, offset) ? rows : undefined;
  } catch (error) {
    if (!(error instanceof DamagedBytes)) throw error;
    return undefined;
  }
}

/** Whether the rows are stretches of the file before the index, one after the other: none is read twice. */
function areBlocks(rows: readonly IndexRow[], end: number): boolean {
  let from = FILE_MAGIC.length;
  for (const { offset, byteLength, first, last } of rows) {
    if (offset < from || byteLength < HEAD_BYTES || !isInstant(first) || !isInstant(last)) return false;
    from = offset + byteLength;
  }
  return from <= end;
}

function chunkAt(bytes: RandomBytes, offset: number, kind: ChunkKind): Uint8Array | undefined {
  const start = bytes.read(offset, HEAD_BYTES);
  if (isMissing(start)) return undefined;
  const head = readChunkHead(start);
  const size = bytes.size();
  if (
    head?.kind !== kind ||
    head.payloadBytes > BLOCK_BYTES_MAX ||
    isMissing(size) ||
    offset + HEAD_BYTES + head.payloadBytes > size
  )
    return undefined;
  const payload = bytes.read(offset + HEAD_BYTES, head.payloadBytes);
  return isMissing(payload) || crc32(payload) !== head.payloadCrc ? undefined : payload;
}
