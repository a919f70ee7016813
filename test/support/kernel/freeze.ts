import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atExit, leftoversOfTheDead, OWN_PREFIX, sleepSync } from '../cleanup.ts';
import { removeCgroups } from './cgroups.ts';
import { findHierarchy } from './hierarchy.ts';

/**
 * Freezes a process by the cgroup v1 freezer: it runs no more and even SIGKILL takes effect only when it is thawed,
 * as with a process inside a slow read in the kernel (measured; the freezer of cgroup v2 lets SIGKILL through).
 * The answer thaws it and puts it back to the root of the freezer hierarchy; also done at exit.
 */
export function freezeProcess(pid: number): { thaw: () => void } {
  const freezer = findHierarchy('freezer');
  if (freezer === undefined) throw new Error('no cgroup v1 freezer hierarchy in /proc/mounts');
  for (const old of leftoversOfTheDead(freezer)) thawAndRemove(old);
  const path = join(freezer, `${OWN_PREFIX}-frozen-${pid}`);
  mkdirSync(path);
  const thaw = atExit(() => thawAndRemove(path));
  writeFileSync(join(path, 'cgroup.procs'), String(pid));
  writeFileSync(join(path, 'freezer.state'), 'FROZEN');
  for (let attempt = 1; readFileSync(join(path, 'freezer.state'), 'utf8') !== 'FROZEN\n'; attempt += 1) {
    if (attempt > 100) throw new Error(`process ${pid} is still not frozen`);
    sleepSync(10);
  }
  return { thaw };
}

function thawAndRemove(path: string): void {
  if (!existsSync(path)) return;
  writeFileSync(join(path, 'freezer.state'), 'THAWED');
  removeCgroups(path);
}
