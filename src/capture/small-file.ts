import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type CaptureProblem, codeOf, problem } from './problem.ts';

/**
 * The bytes of a regular file that is not larger than `mostBytes`. It is opened without waiting, so that a FIFO is
 * refused and not waited on.
 */
export function readSmallFile(path: string, mostBytes: number): Buffer | CaptureProblem {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return ofErrno(path, codeOf(error));
  }
  try {
    const { size } = fstatSync(descriptor);
    if (!fstatSync(descriptor).isFile()) return problem('file-not-regular', path);
    if (size > mostBytes) return problem('too-large', `${path}: ${size} bytes`);
    return readAll(descriptor, size);
  } catch (error) {
    return ofErrno(path, codeOf(error));
  } finally {
    closeSync(descriptor);
  }
}

function readAll(descriptor: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(descriptor, bytes, filled, size - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function ofErrno(path: string, errno: string): CaptureProblem {
  if (errno === 'ENOENT' || errno === 'ENOTDIR') return problem('file-not-found', path);
  if (errno === 'EACCES' || errno === 'EPERM') return problem('file-denied', path);
  return problem('file-failed', `${path}: ${errno}`);
}
