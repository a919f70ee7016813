import { close, constants, open, read } from 'node:fs';
import { errnoOf } from '../core/errno.ts';
import { missing } from '../core/missing.ts';
import type { ReadCost, Reading } from '../core/reading.ts';
import { bytesOfPath } from './file-name.ts';
import { isOneRecord } from './one-record.ts';
import { PoolThreads, type Times } from './pool-threads.ts';
import { SPLIT_MEANS_SOMETHING_SECONDS, TICK_SECONDS, TOO_SHORT } from './read-cost.ts';
import { LARGEST_FILE_BYTES } from './regular-file.ts';

/** Above this much wall time it is worth asking how much of it the read only waited for a CPU. */
const WORTH_ASKING_SECONDS = 0.001;

/** Where all of a read's time was waiting for a CPU it has taken this: the least that one takes. */
const LEAST_SECONDS = 0.00005;

const NOT_SPLIT = missing('unsupported', 'too short to be split by the tick');

const UNKNOWN = missing('unsupported', 'it is not known which threads read');

/** What the threads have used is asked for again after so long. */
const SAME_MS = 20;

/**
 * Reads files on a thread of libuv's pool, one at a time: the thread may hang in the kernel for seconds, and this one
 * goes on. A thread of Node's own (a worker) would do the same for 8 MiB more, as a second JavaScript engine (measured).
 */
export class WaitingReader {
  readonly #threads = new PoolThreads();
  #before: { readonly times: Times; readonly atMs: number } | undefined;

  /** A timed read of a file; `path` is what the node calls it. Never fails: an errno is an answer. */
  async read(path: string, file: string): Promise<Reading> {
    const before = this.#now();
    const began = performance.now();
    const answer = await readLater(file).then(
      (text) => ({ text }),
      (error: unknown) => ({ errno: errnoOf(error) }),
    );
    const tookSeconds = (performance.now() - began) / 1000;
    const cost = tookSeconds < WORTH_ASKING_SECONDS ? shortRead(tookSeconds) : this.#costOf(before, tookSeconds);
    return { question: 'timed', path, ...answer, cost };
  }

  /** Reads that follow each other at once are short, and what the threads have used in between is nothing. */
  #now(): Times {
    const atMs = performance.now();
    if (this.#before !== undefined && atMs - this.#before.atMs <= SAME_MS) return this.#before.times;
    return this.#ask(atMs);
  }

  #ask(atMs: number): Times {
    const times = this.#threads.now();
    this.#before = { times, atMs };
    return times;
  }

  /**
   * Handing a read to another thread and hearing of its end take both threads a turn on a CPU, which on a busy node is
   * long after they could have had it (86 ms where a read took 0.1, measured). That is no time of the read. Both may
   * have waited at the same time, hence at least what was used.
   */
  #costOf(before: Times, tookSeconds: number): ReadCost {
    const now = this.#ask(performance.now());
    if (!this.#threads.areKnown) return { wallSeconds: tookSeconds, cpuSeconds: UNKNOWN, systemSeconds: UNKNOWN };
    const cpuSeconds = Math.min(tookSeconds, Math.max(0, now.cpuSeconds - before.cpuSeconds));
    const waited = now.waitedSeconds - before.waitedSeconds;
    const wallSeconds = Math.max(cpuSeconds, tookSeconds - waited, LEAST_SECONDS);
    if (wallSeconds < TICK_SECONDS) return shortRead(wallSeconds);
    if (cpuSeconds < SPLIT_MEANS_SOMETHING_SECONDS) return { wallSeconds, cpuSeconds, systemSeconds: NOT_SPLIT };
    const systemSeconds = Math.min(cpuSeconds, Math.max(0, now.systemSeconds - before.systemSeconds));
    return { wallSeconds, cpuSeconds, systemSeconds };
  }
}

function shortRead(wallSeconds: number): ReadCost {
  return { wallSeconds, cpuSeconds: TOO_SHORT, systemSeconds: TOO_SHORT };
}

async function readLater(file: string): Promise<string> {
  const descriptor = await opened(file);
  try {
    return await readToEnd(descriptor, isOneRecord(file));
  } finally {
    await closed(descriptor);
  }
}

const opened = (file: string) =>
  new Promise<number>((settle, reject) =>
    open(bytesOfPath(file), constants.O_RDONLY | constants.O_NOCTTY, (error, descriptor) =>
      error === null ? settle(descriptor) : reject(error),
    ),
  );

const closed = (descriptor: number) =>
  new Promise<void>((settle, reject) => close(descriptor, (error) => (error ? reject(error) : settle())));

/** One buffer for every read, as there is only one at a time; it grows on demand. */
let buffer = Buffer.allocUnsafe(16 * 1024);

async function readToEnd(descriptor: number, isWhole: boolean): Promise<string> {
  let length = 0;
  for (;;) {
    const got = await readSome(descriptor, length);
    length += got;
    if (got === 0 || length >= LARGEST_FILE_BYTES || (isWhole && length < buffer.length)) break;
    if (length === buffer.length) {
      const larger = Buffer.allocUnsafe(buffer.length * 4);
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
  }
  return buffer.toString('utf8', 0, length);
}

const readSome = (descriptor: number, at: number) =>
  new Promise<number>((settle, reject) =>
    read(descriptor, buffer, at, buffer.length - at, null, (error, got) =>
      error === null ? settle(got) : reject(error),
    ),
  );
