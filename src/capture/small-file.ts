import { errnoOf } from '../core/errno.ts';
import { readNamedFile } from '../host/regular-file.ts';
import { type CaptureProblem, problem } from './problem.ts';

/** The bytes of a regular file that a person named and that is not larger than `mostBytes`; it is never waited for. */
export function readSmallFile(path: string, mostBytes: number): Buffer | CaptureProblem {
  try {
    return readNamedFile(path, mostBytes);
  } catch (error) {
    return ofErrno(path, errnoOf(error), mostBytes);
  }
}

function ofErrno(path: string, errno: string, mostBytes: number): CaptureProblem {
  if (errno === 'ENOENT' || errno === 'ENOTDIR') return problem('file-not-found', path);
  if (errno === 'EACCES' || errno === 'EPERM') return problem('file-denied', path);
  if (errno === 'EINVAL' || errno === 'EISDIR') return problem('file-not-regular', path);
  if (errno === 'EFBIG') return problem('too-large', `${path}: more than ${mostBytes} bytes`);
  return problem('file-failed', `${path}: ${errno}`);
}
