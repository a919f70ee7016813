import { execFileSync } from 'node:child_process';
import { accessSync, closeSync, constants, existsSync, openSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { DropRequest } from '../core/note.ts';
import type { HostOrigin } from '../host/host.ts';

/** proc_sys_vm(5): writing 1, 2 or 3 here frees clean page cache, reclaimable slab objects, or both. */
const DROP_CACHES = '/proc/sys/vm/drop_caches';

/** In a fixture that plays nothing leads to a kernel: the mode is added to this file beside its `host.json`. */
const PLAYED_DROPS = 'played-drops';

const PLAYED =
  constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** PROC_SUPER_MAGIC of linux/magic.h: what statfs(2) says of every file of `/proc`. */
const PROC_MAGIC = 0x9fa0;

/** Why nothing can be dropped on this host, in a sentence; `undefined` where it can. */
export function whyNoDrop(origin: HostOrigin, readOnly: boolean): string | undefined {
  if (readOnly) return 'started with --read-only';
  if (origin.plays) return undefined;
  if (origin.kind === 'fixture') return 'this is a fixture: a folder of captured files has no caches';
  if (origin.kind === 'replay') return 'this is a recording: the node is not touched';
  if (process.geteuid?.() !== 0) return 'only root may write to drop_caches; start with sudo';
  const file = join(origin.root, DROP_CACHES);
  if (!existsSync(file)) return `${file} is not there`;
  try {
    // Of a folder of files it may be a link to anything.
    if (statfsSync(file).type !== PROC_MAGIC) return `${file} is no file of a kernel`;
    accessSync(file, constants.W_OK);
  } catch (error) {
    return `${file} cannot be written: ${error instanceof Error && 'code' in error ? error.code : error}`;
  }
  return undefined;
}

/**
 * Writes dirty pages where that was asked for, and then the mode to drop_caches. It blocks until the kernel is done:
 * 12 s at 30,000 dying cgroups (measured), and up to 5.4 no signal ends it; hence it runs in a process of its own.
 * Answers how long the write took. Throws what the system calls throw.
 */
export function dropCaches(origin: HostOrigin, request: DropRequest, onSynced: () => void): number {
  const refused = whyNoDrop(origin, false);
  if (refused !== undefined) throw new Error(refused);
  if (request.sync) {
    // There is nothing of a fixture to be written, and this machine is not asked to.
    if (!origin.plays) execFileSync('sync', [], { stdio: 'ignore', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });
    onSynced();
  }
  const descriptor = origin.plays
    ? openSync(join(origin.root, PLAYED_DROPS), PLAYED)
    : openSync(join(origin.root, DROP_CACHES), constants.O_WRONLY);
  const startedMs = performance.now();
  try {
    writeSync(descriptor, `${request.mode}\n`);
  } finally {
    closeSync(descriptor);
  }
  return (performance.now() - startedMs) / 1000;
}
