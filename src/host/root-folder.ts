import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Question, Reading } from '../core/reading.ts';

/** A file larger than this is cut: no kernel file this tool reads comes near it, and a hostile one must not fill us. */
const LARGEST_FILE_BYTES = 32 * 1024 * 1024;

/** The kernel's own limit (MAXSYMLINKS). */
const LINKS_FOLLOWED = 40;

/** One buffer for every read of this thread; the kernel gives at most what fits, so that it grows on demand. */
let buffer = Buffer.allocUnsafe(64 * 1024);

/** The errno word of an error that a system call threw; anything else is a bug of ours and goes on up. */
function errnoOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

/** Runs system calls that give a text, and turns what they throw into an errno. */
export function answer(question: Question, path: string, ask: () => string): Reading {
  try {
    return { question, path, text: ask() };
  } catch (error) {
    return { question, path, errno: errnoOf(error) };
  }
}

/** The whole text of a file, read with as few system calls as the kernel allows. Throws what the system calls throw. */
export function readWhole(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOCTTY);
  try {
    return readToEnd(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The same of a regular file alone, for a place where others may have put a FIFO, a device or a link. Files of `/proc`
 * are regular ones; asking costs a system call more.
 */
export function readRegular(file: string): string {
  // Opened to be read, a FIFO would else keep us waiting for somebody who writes to it.
  const descriptor = openSync(
    file,
    constants.O_RDONLY | constants.O_NOCTTY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  );
  try {
    if (!fstatSync(descriptor).isFile()) throw failure('EINVAL', file);
    return readToEnd(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readToEnd(descriptor: number): string {
  let length = 0;
  for (;;) {
    const got = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += got;
    if (got === 0) break;
    if (length === buffer.length) {
      if (length >= LARGEST_FILE_BYTES) break;
      const larger = Buffer.allocUnsafe(buffer.length * 4);
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
  }
  return buffer.toString('utf8', 0, length);
}

/** What a system call would throw. */
function failure(errno: string, path: string): Error {
  return Object.assign(new Error(`${errno}: ${path}`), { code: errno });
}

/** The names in a folder, one a line. */
export function listNames(folder: string): string {
  return readdirSync(folder).join('\n');
}

/** Link count and name of the folders in a folder, one a line; one that goes away meanwhile is left out. */
export function listFolders(folder: string): string {
  const lines: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const stat = lstatSync(`${folder}/${entry.name}`, { throwIfNoEntry: false });
    if (stat !== undefined) lines.push(`${stat.nlink} ${entry.name}`);
  }
  return lines.join('\n');
}

/** Name and target of the symbolic links in a folder, one a line; one that goes away meanwhile is left out. */
export function listLinks(folder: string): string {
  const lines: string[] = [];
  for (const name of readdirSync(folder)) {
    try {
      lines.push(`${name} ${readlinkSync(`${folder}/${name}`)}`);
    } catch (error) {
      const errno = errnoOf(error);
      if (errno !== 'ENOENT' && errno !== 'EINVAL') throw error;
    }
  }
  return lines.join('\n');
}

/**
 * The file that `path` names inside `root`, with symbolic links resolved as if `root` were `/`: an absolute link in
 * a node's `/etc` must not lead into the debug container's own. Files of `/proc` and `/sys` are taken as they are:
 * their links (`/proc/mounts`, `/proc/PID/exe`) are the kernel's. Throws what the system calls throw.
 */
export function insideRoot(root: string, path: string): string {
  if (root === '/') return path;
  if (path.startsWith('/proc/') || path.startsWith('/sys/')) return root + path;
  let todo = path.split('/').filter((part) => part !== '');
  let done: string[] = [];
  let followed = 0;
  while (todo.length > 0) {
    const [next = '', ...rest] = todo;
    todo = rest;
    if (next === '.') continue;
    if (next === '..') {
      done = done.slice(0, -1);
      continue;
    }
    const here = join(root, ...done, next);
    const stat = lstatSync(here, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) {
      // Left to the kernel it would be followed outside the root.
      if (followed === LINKS_FOLLOWED) throw failure('ELOOP', here);
      followed += 1;
      const target = readlinkSync(here);
      if (target.startsWith('/')) done = [];
      todo = [...target.split('/').filter((part) => part !== ''), ...todo];
      continue;
    }
    done = [...done, next];
  }
  return join(root, ...done);
}
