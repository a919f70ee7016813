import { closeSync, constants, fsyncSync, linkSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf, errnoSentence } from '../../core/errno.ts';

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** A file that is not there yet cannot be written: the message says why and names the path. */
export class CannotWrite extends Error {}

/**
 * Writes a new file: mode 0600, whole or not at all, never over an existing one, never through a symbolic link. It is
 * written under another name beside its place and linked there when it is complete. Throws {@link CannotWrite}.
 */
export function writeNewFile(path: string, content: string | Uint8Array): void {
  const unfinished = join(dirname(path), `.slabtop-k8s-${process.pid}-${performance.now().toString(36)}`);
  try {
    const descriptor = openSync(unfinished, CREATE, 0o600);
    try {
      writeWhole(descriptor, typeof content === 'string' ? Buffer.from(content) : content);
      linkSync(unfinished, path);
    } finally {
      removeUnfinished(unfinished);
    }
  } catch (error) {
    throw new CannotWrite(`${path}: ${errnoSentence(errnoOf(error))}; nothing was written`);
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A name for an export that no file has yet is the caller's to find: this only makes one that sorts by time. */
export function exportName(node: string, at: Date, ending: string): string {
  const safe =
    node
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[-.]+/, '')
      .slice(0, 64) || 'node';
  const stamp = at
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  return `slabtop-k8s-${safe}-${stamp}.${ending}`;
}

/** Whatever went wrong before says more than that this cannot be done either. */
function removeUnfinished(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    errnoOf(error);
  }
}
