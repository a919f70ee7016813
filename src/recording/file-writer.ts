import { type FileHandle, open, unlink } from 'node:fs/promises';
import { errnoOf, errnoSentence } from '../core/errno.ts';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { type Chunk, encodeChunk } from './chunk.ts';
import { encodeBeginning, encodeEnding, type IndexRow } from './file-format.ts';
import { type FileLock, lockFile } from './file-lock.ts';
import type { RecordingHeader } from './header.ts';
import { firstExisting, rotate } from './rotation.ts';

/** What {@link openFileWriter} is told. */
export interface FileWriterOptions {
  /** A file is rotated before the block that would make it larger; missing: never. */
  readonly maxBytes?: number;
  /** How many rotated files stay beside the one that is written. */
  readonly keepFiles?: number;
  /** Recording ended by itself: no room, an I/O error, a disk that is too slow. One line. Told once. */
  readonly onStopped: (message: string) => void;
}

/** Writes chunks to a file. Nothing here throws or waits for the disk; `close` tells when all is on it. */
export interface FileWriter {
  /** Chunks before the first beginning of a block are left out: nobody could read them. */
  write(chunk: Chunk): void;
  close(): Promise<void>;
}

/** Chunks that wait for a disk; when more wait, recording stops rather than eat a sick node's memory. */
const WAITING_BYTES_MAX = 32 * 1024 * 1024;

/** What index and trailer take at most for a block, and beside that. */
const ENDING_BYTES_PER_BLOCK = 50;
const ENDING_BYTES = 100;

/**
 * Begins a recording in a new file of mode 0600; missing, in words, where PATH (or a name that rotation would need) is
 * there already, somebody else records to it, or it cannot be made.
 */
export async function openFileWriter(
  path: string,
  header: RecordingHeader,
  options: FileWriterOptions,
): Promise<Maybe<FileWriter>> {
  const lock = lockFile(path);
  if (isMissing(lock)) return lock;
  const existing = firstExisting(path, options.maxBytes === undefined ? 0 : (options.keepFiles ?? 0));
  if (existing !== undefined) {
    lock.release();
    return missing('failed', `${existing} exists; a recording never overwrites a file`);
  }
  try {
    const file = await begin(path, header);
    return new AppendingWriter(path, header, options, lock, file);
  } catch (error) {
    lock.release();
    const errno = errnoOf(error);
    return missing(errno === 'EACCES' ? 'denied' : 'failed', `${path}: ${errnoSentence(errno)}`);
  }
}

interface OpenFile {
  readonly handle: FileHandle;
  size: number;
  readonly rows: IndexRow[];
}

/** Fails where the file is there: nothing is ever written over. */
async function begin(path: string, header: RecordingHeader): Promise<OpenFile> {
  const handle = await open(path, 'ax', 0o600);
  const file = { handle, size: 0, rows: [] };
  try {
    await append(file, encodeBeginning(header));
  } catch (error) {
    // Nothing is in it, and another attempt would find it in its way.
    await discard(handle, path);
    throw error;
  }
  return file;
}

async function discard(handle: FileHandle, path: string): Promise<void> {
  const done = await Promise.allSettled([handle.close(), unlink(path)]);
  for (const one of done) if (one.status === 'rejected') errnoOf(one.reason);
}

async function append(file: OpenFile, bytes: Uint8Array): Promise<void> {
  await file.handle.appendFile(bytes);
  file.size += bytes.length;
}

class AppendingWriter implements FileWriter {
  readonly #path: string;
  readonly #header: RecordingHeader;
  readonly #options: FileWriterOptions;
  readonly #lock: FileLock;
  #file: OpenFile;
  #work: Promise<void> = Promise.resolve();
  #waitingBytes = 0;
  #largestBlock = 0;
  #hasStopped = false;
  #isClosed = false;

  constructor(path: string, header: RecordingHeader, options: FileWriterOptions, lock: FileLock, file: OpenFile) {
    this.#path = path;
    this.#header = header;
    this.#options = options;
    this.#lock = lock;
    this.#file = file;
  }

  write(chunk: Chunk): void {
    if (this.#isClosed) return;
    const bytes = encodeChunk(chunk);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > WAITING_BYTES_MAX) {
      this.#stop('the disk does not keep up');
      return;
    }
    this.#do(async () => {
      this.#waitingBytes -= bytes.length;
      await this.#append(chunk, bytes);
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return this.#work;
    this.#isClosed = true;
    this.#do(() => this.#end());
    this.#work = this.#work.then(() => this.#release());
    return this.#work;
  }

  async #append(chunk: Chunk, bytes: Uint8Array): Promise<void> {
    const { rows } = this.#file;
    if (chunk.kind === 'block') {
      if (this.#mustRotate()) await this.#rotate();
      const { size } = this.#file;
      this.#file.rows.push({ offset: size, byteLength: bytes.length, first: chunk.instant, last: chunk.instant });
    } else {
      const row = rows.at(-1);
      if (row === undefined) return;
      const byteLength = row.byteLength + bytes.length;
      rows[rows.length - 1] = { ...row, byteLength, last: chunk.instant };
      this.#largestBlock = Math.max(this.#largestBlock, byteLength);
    }
    await append(this.#file, bytes);
    // Without it a power loss would cost the 30 s that the kernel may keep written pages to itself.
    await this.#file.handle.datasync();
  }

  #mustRotate(): boolean {
    const { maxBytes } = this.#options;
    const { size, rows } = this.#file;
    if (maxBytes === undefined || rows.length === 0) return false;
    return size + this.#largestBlock + ENDING_BYTES + (rows.length + 1) * ENDING_BYTES_PER_BLOCK > maxBytes;
  }

  async #rotate(): Promise<void> {
    await this.#end();
    await this.#file.handle.close();
    rotate(this.#path, this.#options.keepFiles ?? 0);
    this.#file = await begin(this.#path, this.#header);
  }

  async #end(): Promise<void> {
    await append(this.#file, encodeEnding(this.#file.rows, this.#file.size));
    await this.#file.handle.datasync();
  }

  #do(step: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#hasStopped) return;
      try {
        await step();
      } catch (error) {
        this.#stop(errnoSentence(errnoOf(error)));
      }
    });
  }

  #stop(reason: string): void {
    if (this.#hasStopped) return;
    this.#hasStopped = true;
    this.#options.onStopped(`recording to ${this.#path} stopped: ${reason}; what was written can be replayed`);
    void this.close();
  }

  async #release(): Promise<void> {
    this.#lock.release();
    try {
      await this.#file.handle.close();
    } catch (error) {
      // A file that a failed rotation closed already; anything else has nothing left to lose either.
      if (!this.#hasStopped) this.#options.onStopped(`closing ${this.#path}: ${errnoSentence(errnoOf(error))}`);
    }
  }
}
