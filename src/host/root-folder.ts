import { closeSync, constants, lstatSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf } from '../core/errno.ts';
import type { Question, Reading } from '../core/reading.ts';
import { bytesOfPath, nameOfBytes } from './file-name.ts';
import { isOneRecord } from './one-record.ts';
import { failure, readToEnd } from './regular-file.ts';

/** The kernel's own limit (MAXSYMLINKS). */
const LINKS_FOLLOWED = 40;

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
  const descriptor = openSync(bytesOfPath(file), constants.O_RDONLY | constants.O_NOCTTY);
  try {
    return readToEnd(descriptor, isOneRecord(file));
  } finally {
    closeSync(descriptor);
  }
}

/** The names in a folder, one a line. */
export function listNames(folder: string): string {
  const names = readdirSync(bytesOfPath(folder));
  return (names.some(isTorn) ? readdirSync(bytesOfPath(folder), 'buffer').map(nameOfBytes) : names).join('\n');
}

/** Link count and name of the folders in a folder, one a line; one that goes away meanwhile is left out. */
export function listFolders(folder: string): string {
  const lines: string[] = [];
  for (const name of foldersIn(folder)) {
    const stat = lstatSync(bytesOfPath(`${folder}/${name}`), { throwIfNoEntry: false });
    if (stat !== undefined) lines.push(`${stat.nlink} ${name}`);
  }
  return lines.join('\n');
}

function foldersIn(folder: string): readonly string[] {
  const path = bytesOfPath(folder);
  const entries = readdirSync(path, { withFileTypes: true });
  if (!entries.some(({ name }) => isTorn(name))) return entries.filter(isFolder).map(({ name }) => name);
  const exact = readdirSync(path, { withFileTypes: true, encoding: 'buffer' });
  return exact.filter(isFolder).map(({ name }) => nameOfBytes(name));
}

const isFolder = (entry: { isDirectory(): boolean }) => entry.isDirectory();

/** A name that is no UTF-8, or one that stands for it: then the bytes are asked for. */
function isTorn(name: string): boolean {
  return /[\ufffd\uef80-\uefff]/.test(name);
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
 * a node's `/etc` must not lead into the debug container's own, and none of a fixture to a file of this machine. Throws
 * what the system calls throw.
 */
export function insideRoot(root: string, path: string): string {
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
    const stat = lstatSync(bytesOfPath(here), { throwIfNoEntry: false });
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

/** The same for a link itself: it is asked where it leads, and not followed. */
export function linkInsideRoot(root: string, path: string): string {
  return join(insideRoot(root, dirname(path)), join('/', path).slice(join('/', path).lastIndexOf('/') + 1));
}
