import { closeSync, constants, linkSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRegular } from '../../host/regular-file.ts';
import { answer } from '../../host/root-folder.ts';

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Why a file was not written: an errno, or that somebody else's file has its name. */
export type NotWritten = { readonly errno: string } | 'not-ours';

/**
 * Writes a file that this program has written before, or that is not there yet; whole, or not at all. What is there is
 * replaced only where `isOurs` says so of its text: whatever name somebody configured, no file of theirs is lost.
 * Answers `undefined` where it is written, and never throws for what the file system answers.
 */
export function writeOwnFile(
  file: string,
  text: string,
  mode: number,
  isOurs: (text: string) => boolean,
): NotWritten | undefined {
  const before = readOwnFile(file, isOurs);
  if (before === 'not-ours') return before;
  const unfinished = join(dirname(file), `.slabtop-k8s-${process.pid}-${performance.now().toString(36)}`);
  // A new one is linked, which fails where somebody else was quicker.
  const place = before === undefined ? linkSync : renameSync;
  const written =
    errnoOfCall(file, () => writeNew(unfinished, text, mode)) ?? errnoOfCall(file, () => place(unfinished, file));
  errnoOfCall(unfinished, () => unlinkSync(unfinished));
  return written === undefined ? undefined : { errno: written };
}

/** Removes a file where it is ours. */
export function removeOwnFile(file: string, isOurs: (text: string) => boolean): void {
  if (typeof readOwnFile(file, isOurs) === 'object') errnoOfCall(file, () => unlinkSync(file));
}

/** The text of a file of ours; `undefined` where nothing has its name. Links, FIFOs and devices are not ours. */
export function readOwnFile(
  file: string,
  isOurs: (text: string) => boolean,
): { readonly text: string } | 'not-ours' | undefined {
  const reading = answer('own', file, () => readRegular(file));
  if ('errno' in reading) return reading.errno === 'ENOENT' ? undefined : 'not-ours';
  return isOurs(reading.text) ? { text: reading.text } : 'not-ours';
}

function writeNew(file: string, text: string, mode: number): void {
  const descriptor = openSync(file, CREATE, mode);
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  } finally {
    closeSync(descriptor);
  }
}

function errnoOfCall(file: string, call: () => void): string | undefined {
  const reading = answer('own', file, () => {
    call();
    return '';
  });
  return 'errno' in reading ? reading.errno : undefined;
}
