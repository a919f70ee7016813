import { closeSync, fstatSync, readSync } from 'node:fs';
import { errnoOf, errnoSentence } from '../core/errno.ts';
import { type Maybe, missing } from '../core/missing.ts';
import { missingOfErrno } from '../core/reading.ts';
import { openRegular } from '../host/regular-file.ts';

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

/** The bytes of a regular file, which stays open until `close`. Missing where it cannot be opened, or is none. */
export function bytesInFile(path: string): Maybe<RandomBytes> {
  return attempt(path, () => {
    const descriptor = openRegular(path, true);
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
    const errno = errnoOf(error);
    return missing(missingOfErrno(errno, path).unavailable, `${path}: ${errnoSentence(errno)}`);
  }
}
