import { execFile } from 'node:child_process';
import { statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeFolder } from '../cleanup.ts';
import { memoryHierarchy } from './hierarchy.ts';

const run = promisify(execFile);
const ENTER_CGROUPS = fileURLToPath(new URL('./enter-cgroups.mjs', import.meta.url));

/** `f_type` of tmpfs (statfs(2), TMPFS_MAGIC). */
const TMPFS_MAGIC = 0x01021994;

/**
 * What is left charged to each cgroup.
 *
 * - `tmpfs`: a page of a file in tmpfs; only removing the file lets go
 * - `clean`: a page of a file on disk, already written; dropping caches with mode 1 lets go
 * - `dirty`: the same, not yet written; needs `sync` first. The kernel writes it by itself after some 30 s
 * - `dentries`: negative dentries; from 5.3 the kernel hands them to the parent, and the cgroups go by themselves
 */
export type Pin = 'tmpfs' | 'clean' | 'dirty' | 'dentries';

/** What a test made, and how it is undone. */
interface Made {
  /** Removes the files; what only they pinned goes within seconds. Also done at exit. */
  release(): void;
}

/**
 * Makes `count` cgroups below `parent`, has each charged for something that stays, and removes them: dying cgroups.
 * Resolves when the process that was in them has ended.
 */
export async function makeDying(what: { parent: string; count: number; pinnedBy: Pin }): Promise<Made> {
  const { path, remove } = makeFolder(what.pinnedBy === 'tmpfs' ? tmpfsFolder() : diskFolder(), what.pinnedBy);
  const task = { ...what, hierarchy: memoryHierarchy(), folder: path, lookups: 50 };
  await run(process.execPath, [ENTER_CGROUPS, JSON.stringify(task)]);
  return { release: remove };
}

/** Makes about `count` negative dentries by asking for names that do not exist in a folder of its own. */
export function makeDentries(count: number): Made {
  const { path, remove } = makeFolder(diskFolder(), 'dentries');
  for (let n = 0; n < count; n += 1) statSync(`${path}/absent-${n}`, { throwIfNoEntry: false });
  return { release: remove };
}

/** A folder on a file system with a disk under it: tmpfs keeps no negative dentries, and its pages never get clean. */
function diskFolder(): string {
  const found = [tmpdir(), '/var/tmp', process.cwd()].find((path) => statfsSync(path).type !== TMPFS_MAGIC);
  if (found === undefined) throw new Error('no folder on disk among the temporary folders and the current one');
  return found;
}

function tmpfsFolder(): string {
  const found = ['/dev/shm', '/run', tmpdir()].find((path) => statfsSync(path).type === TMPFS_MAGIC);
  if (found === undefined) throw new Error('no tmpfs at /dev/shm, /run or the temporary folder');
  return found;
}
