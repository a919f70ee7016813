import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Maybe } from '../core/missing.ts';
import { missingOfErrno } from '../core/reading.ts';
import { errnoOf } from './errno.ts';

/** Bytes that can be read anywhere: of a file, or in memory. */
export interface RandomBytes {
  /** How many there are now; a file that is still written grows. */
  size(): Maybe<number>;
  /** Fewer than `length` where they end before. */
  read(offset: number, length: number): Maybe<Uint8Array>;
  close(): void;
}

/** Bytes in memory: a recording out of a bundle. */
export function bytesInMemory(bytes: Uint8Array): RandomBytes {
  return {
    size: () => bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
    close: () => undefined,
  };
}

/** The bytes of a file, which stays open until `close`. Missing where it cannot be opened. */
export function bytesInFile(path: string): Maybe<RandomBytes> {
  return attempt(path, () => {
    // A FIFO answers ESPIPE later instead of keeping us waiting for somebody who writes to it.
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return {
      size: () => attempt(path, () => fstatSync(descriptor).size),
      read: (offset, length) =>
        attempt(path, () => {
          const bytes = Buffer.allocUnsafe(length);
          return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
        }),
      close: () => closeSync(descriptor),
    };
  });
}

function attempt<T>(path: string, act: () => T): Maybe<T> {
  try {
    return act();
  } catch (error) {
    return missingOfErrno(errnoOf(error), path);
  }
}
