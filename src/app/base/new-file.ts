import { closeSync, constants, fsyncSync, linkSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

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
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    linkSync(unfinished, path);
    unlinkSync(unfinished);
  } catch (error) {
    removeUnfinished(unfinished);
    throw new CannotWrite(`${path}: ${sentenceOf(error)}`);
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

function removeUnfinished(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function sentenceOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'EEXIST':
      return 'there is a file of this name already; nothing was written';
    case 'ENOENT':
      return 'the folder is not there';
    case 'ENOSPC':
      return 'the disk is full; nothing was written';
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
      return 'this folder cannot be written to';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
