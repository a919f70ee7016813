import { isMissing, type Maybe } from '../core/missing.ts';
import type { Host } from '../host/host.ts';
import type { MemoryHierarchy } from './args.ts';
import { folderOf } from './page-counters.ts';
import { linesOf } from './parse-reading.ts';

/** A cgroup that is known from its parent's listing and has still to be visited. */
export interface Folder {
  readonly path: string;
  /** By its link count; a leaf need not be listed. */
  readonly leaf: boolean;
}

/**
 * The order of a walk: parents before children, siblings by name. A path sorts by this key as a walk visits it, since
 * no name holds a NUL.
 */
export function walkKey(path: string): string {
  return path === '/' ? '' : path.replaceAll('/', '\0');
}

/** Whether a walk visits `path` after `after` and, where there is an `until`, not after that. */
export function isWithin(path: string, after: string | undefined, until: string | undefined): boolean {
  const key = walkKey(path);
  return (after === undefined || key > walkKey(after)) && (until === undefined || key <= walkKey(until));
}

/**
 * The folders below one, in reverse order, so that the last is visited first; a reason where it cannot be listed. A
 * recording's listing may be torn or forged: what is no name, or stands there twice, would be walked without an end.
 */
export function foldersBelow(host: Host, memory: MemoryHierarchy, path: string): Maybe<Folder[]> {
  const lines = linesOf(host.dirs(folderOf(memory, path)));
  if (isMissing(lines)) return lines;
  const folders = lines.map((line) => {
    const space = line.indexOf(' ');
    return { name: line.slice(space + 1), leaf: line.slice(0, space) === '2' };
  });
  return folders
    .filter(({ name }) => name !== '' && !name.includes('/'))
    .sort((a, b) => (a.name < b.name ? 1 : -1))
    .filter(({ name }, at, sorted) => name !== sorted[at - 1]?.name)
    .map(({ name, leaf }) => ({ path: path === '/' ? `/${name}` : `${path}/${name}`, leaf }));
}

/**
 * What is still to be visited behind `after`: of the folders above it those that come later, and those below it. Listed
 * again, since a walk in slices keeps nothing; what is gone by now has nothing left to visit.
 */
export function foldersAfter(host: Host, memory: MemoryHierarchy, after: string): Folder[] {
  const parts = after === '/' ? [] : after.split('/').slice(1);
  const above = parts.map((_, depth) => `/${parts.slice(0, depth).join('/')}`);
  const later = above.flatMap((path) => {
    const below = foldersBelow(host, memory, path);
    return isMissing(below) ? [] : below.filter((folder) => walkKey(folder.path) > walkKey(after));
  });
  const itself = foldersBelow(host, memory, after);
  return isMissing(itself) ? later : [...later, ...itself];
}
