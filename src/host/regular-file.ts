import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from 'node:fs';

/** A file larger than this is cut: no kernel file this tool reads comes near it, and a hostile one must not fill us. */
export const LARGEST_FILE_BYTES = 32 * 1024 * 1024;

/** One buffer for every read of this thread; the kernel gives at most what fits, so that it grows on demand. */
let buffer = Buffer.allocUnsafe(64 * 1024);

/** What a system call would throw. */
export function failure(errno: string, path: string): Error {
  return Object.assign(new Error(`${errno}: ${path}`), { code: errno });
}

/**
 * Opens a file that others may have put there: only a regular one, for reading, and without waiting, so that neither a
 * FIFO holds us up nor a device is touched or feeds us for ever. A file of `/proc` is a regular one. Links are followed
 * where `followLinks` says so, as a person who names a file expects. Throws what the system calls throw, and EINVAL.
 */
export function openRegular(file: string, followLinks: boolean): number {
  // Opening some devices does something already, so that it is looked at before.
  const before = followLinks ? statSync(file) : lstatSync(file);
  if (!before.isFile())
    throw failure(before.isSymbolicLink() ? 'ELOOP' : before.isDirectory() ? 'EISDIR' : 'EINVAL', file);
  const noLink = followLinks ? 0 : constants.O_NOFOLLOW;
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK | noLink);
  try {
    if (!fstatSync(descriptor).isFile()) throw failure('EINVAL', file);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return descriptor;
}

/** The whole text of a regular file that is no link. Throws what the system calls throw, and EINVAL for anything else. */
export function readRegular(file: string): string {
  const descriptor = openRegular(file, false);
  try {
    return readToEnd(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The bytes of a regular file that a person named. Throws what the system calls throw, EINVAL for what is no regular
 * file, and EFBIG for one larger than `mostBytes`.
 */
export function readNamedFile(file: string, mostBytes: number): Buffer {
  const descriptor = openRegular(file, true);
  try {
    const { size } = fstatSync(descriptor);
    if (size > mostBytes) throw failure('EFBIG', file);
    const bytes = Buffer.alloc(size);
    let filled = 0;
    while (filled < size) {
      const count = readSync(descriptor, bytes, filled, size - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(descriptor);
  }
}

/** The text behind a descriptor, read with as few system calls as the kernel allows ({@link isOneRecord}). */
export function readToEnd(descriptor: number, isOneRecord = false): string {
  let length = 0;
  for (;;) {
    const got = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += got;
    if (got === 0 || (isOneRecord && length < buffer.length)) break;
    if (length === buffer.length) {
      if (length >= LARGEST_FILE_BYTES) break;
      const larger = Buffer.allocUnsafe(buffer.length * 4);
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
  }
  return buffer.toString('utf8', 0, length);
}
