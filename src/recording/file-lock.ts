import { closeSync, constants, openSync, rmSync, writeSync } from 'node:fs';
import { errnoOf, errnoSentence } from '../core/errno.ts';
import { type Maybe, missing } from '../core/missing.ts';
import { readRegular } from '../host/regular-file.ts';

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** A lock that is held until `release`. */
export interface FileLock {
  release(): void;
}

/**
 * Takes `PATH.lock`, made exclusively with our pid in it: it holds while rotation renames PATH away and makes it again.
 * A lock whose process no longer runs is taken over. Missing where another process holds it or it cannot be made.
 */
export function lockFile(path: string): Maybe<FileLock> {
  const lock = `${path}.lock`;
  for (let attempts = 0; attempts < 2; attempts++) {
    const errno = make(lock);
    if (errno === undefined) return { release: () => remove(lock) };
    if (errno !== 'EEXIST') {
      return missing(errno === 'EACCES' ? 'denied' : 'failed', `${lock}: ${errnoSentence(errno)}`);
    }
    const holder = holderOf(lock);
    if (holder === 'none') continue;
    if (holder === 'unknown' || isRunning(holder)) {
      return missing('failed', `another process (${holder}) records to ${path}; it holds ${lock}`);
    }
    remove(lock);
  }
  return missing('failed', `${lock} comes and goes: another process records to ${path}`);
}

/** Makes the lock, or answers the errno; what could not be filled is taken away again. */
function make(lock: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(lock, CREATE, 0o600);
  } catch (error) {
    return errnoOf(error);
  }
  try {
    writeSync(descriptor, `${process.pid}\n`);
    return undefined;
  } catch (error) {
    remove(lock);
    return errnoOf(error);
  } finally {
    closeSync(descriptor);
  }
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

/** One that cannot be removed is taken over when we no longer run. */
function remove(lock: string): void {
  try {
    rmSync(lock, { force: true });
  } catch (error) {
    errnoOf(error);
  }
}
