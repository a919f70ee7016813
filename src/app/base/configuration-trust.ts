import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf } from '../../core/errno.ts';

/**
 * Why root must not take a configuration file, in a sentence; `undefined` where it may. A file names others that root
 * then writes (lock, exports, log), so that nobody else may be able to write it, put another in its place, or turn the
 * link that leads to it. Throws what the system calls throw.
 */
export function whyNotTrusted(file: string): string | undefined {
  if (process.geteuid?.() !== 0) return undefined;
  const real = realpathSync(file);
  const all = [...new Set([dirname(file), file, dirname(real), real])];
  for (const path of all) {
    const { uid, gid, mode } = statSync(path);
    if (uid !== 0) return `${path} belongs to another user (uid ${uid})`;
    const others = (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== 0);
    if (others && !isReadOnly(path)) return `others may write to ${path}`;
  }
  return undefined;
}

/** The folder of a ConfigMap is one that all may write, but for that it is mounted read-only. */
function isReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return errnoOf(error) === 'EROFS';
  }
}
