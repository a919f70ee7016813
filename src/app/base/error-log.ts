import { closeSync, constants, fstatSync, lstatSync, openSync, writeSync } from 'node:fs';
import { errnoOf, errnoSentence } from '../../core/errno.ts';
import { oneLine } from '../../core/printable.ts';
import { systemClock } from '../../host/live-host.ts';

/** The folder may be one where others write: whatever lies there in the log's place must not lead elsewhere. */
const APPEND =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The file of `--log`, or what stands in its place where there is none. */
export interface ErrorLog {
  /** Standard error of child processes. */
  readonly descriptor: number | 'ignore';
  /** Why errors are not logged although that was asked for, in a sentence. */
  readonly problem: string | undefined;
  /** Adds a line, or not: a log that cannot be written ends nothing. */
  write(message: string): void;
}

/** Opens the file of `--log` for appending, 0600; without one, errors of child processes go nowhere. */
export function openLog(file: string | undefined): ErrorLog {
  if (file === undefined) return nowhere(undefined);
  try {
    return logTo(openForAppending(file));
  } catch (error) {
    return nowhere(oneLine(`--log ${file}: ${errnoSentence(errnoOf(error))}; errors are not logged`));
  }
}

/** Neither a FIFO, which would keep us waiting for a reader, nor a device. */
function openForAppending(file: string): number {
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (there?.isSymbolicLink()) throw Object.assign(new Error(file), { code: 'ELOOP' });
  if (there?.isDirectory()) throw Object.assign(new Error(file), { code: 'EISDIR' });
  if (there?.isFile() === false) throw Object.assign(new Error(file), { code: 'EINVAL' });
  const descriptor = openSync(file, APPEND, 0o600);
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  throw Object.assign(new Error(file), { code: 'EINVAL' });
}

function nowhere(problem: string | undefined): ErrorLog {
  return { descriptor: 'ignore', problem, write: () => {} };
}

function logTo(descriptor: number): ErrorLog {
  return { descriptor, problem: undefined, write: (message) => logLine(descriptor, message) };
}

/** Adds a line to a log, with the time; a full disk is no reason to end what is logged. */
export function logLine(descriptor: number, message: string): void {
  try {
    writeSync(descriptor, `${new Date(systemClock.now()).toISOString()} ${message.trimEnd()}\n`);
  } catch (error) {
    // There is nowhere left to tell it.
    errnoOf(error);
  }
}
