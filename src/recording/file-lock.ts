import { rmSync, writeFileSync } from 'node:fs';
import { errnoOf } from '../core/errno.ts';
import { type Maybe, missing } from '../core/missing.ts';
import { readRegular } from '../host/regular-file.ts';

/** A lock that is held until `release`. */
export interface FileLock {
  release(): void;
}

/**
 * Takes `PATH.lock`, made exclusively with our pid in it: it holds while rotation renames PATH away and makes it anew.
 * A lock whose process no longer runs is taken over. Missing where another process holds it or it cannot be made.
 */
export function lockFile(path: string): Maybe<FileLock> {
  const lock = `${path}.lock`;
  for (let attempts = 0; attempts < 2; attempts++) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
      return { release: () => remove(lock) };
    } catch (error) {
      const errno = errnoOf(error);
      if (errno !== 'EEXIST') return missing(errno === 'EACCES' ? 'denied' : 'failed', `${lock}: ${errno}`);
      const holder = holderOf(lock);
      if (holder === 'none') continue;
      if (holder === 'unknown' || isRunning(holder)) {
        return missing('failed', `another process (${holder}) records to ${path}; it holds ${lock}`);
      }
      remove(lock);
    }
  }
  return missing('failed', `${lock} comes and goes; another process records to ${path}`);
}

function holderOf(lock: string): number | 'none' | 'unknown' {
  try {
    const pid = Number(readRegular(lock).trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : 'unknown';
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'none' : 'unknown';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

function remove(lock: string): void {
  rmSync(lock, { force: true });
}
