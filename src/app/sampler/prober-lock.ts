import { closeSync, constants, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isKnown } from '../../core/missing.ts';
import { readRegular } from '../../host/regular-file.ts';
import { answer, readWhole } from '../../host/root-folder.ts';
import { type LockContent, parseLockContent } from '../../samplers/neighbour.ts';
import { parsePidStat } from '../../sources/proc/pid-stat.ts';

const NAME = 'slabtop-k8s.lock';

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Whether this instance may make the slow reads. */
export type LockState = 'held' | 'not-needed' | { readonly heldByPid: number; readonly file: string };

/**
 * The lock between instances on one node: two that each keep to a budget of 2 % would take 4 % of a core, and their
 * reads would queue on the kernel's locks. It is a file in the node's `/run`, named by the process that holds it; a
 * holder that has died (no such pid with that start time) is replaced.
 */
export class ProberLock {
  readonly #root: string;
  readonly #self: { readonly pid: number; readonly startTicks: number } | undefined;
  readonly #files: readonly string[];
  #held: string | undefined;

  constructor(root: string, lockFile: string | undefined) {
    this.#root = root;
    this.#self = processOf(root, 'self');
    this.#files = lockFile === undefined ? lockFiles(root) : [lockFile];
  }

  /** Who holds it, without taking it: for an instance that gives way to every other. */
  look(): LockState {
    for (const file of this.#files) {
      const holder = this.#holderOf(file);
      if (holder !== undefined) return { heldByPid: holder.pid, file };
    }
    return 'not-needed';
  }

  /** Takes the lock if nobody alive has it. */
  acquire(content: Omit<LockContent, 'pid' | 'startTicks'>): LockState {
    const self = this.#self;
    if (self === undefined) return 'not-needed';
    if (this.#held !== undefined) return 'held';
    for (const file of this.#files) {
      const holder = this.#holderOf(file);
      if (holder !== undefined && holder.pid !== self.pid) return { heldByPid: holder.pid, file };
    }
    for (const file of this.#files) {
      // One that a killed instance of root left cannot be taken away by others.
      if (!done(file, () => rmSync(file, { force: true }))) continue;
      if (!writeNew(file, { ...content, ...self })) continue;
      this.#held = file;
      return 'held';
    }
    return 'not-needed';
  }

  /** Tells other instances what we read. */
  update(content: Omit<LockContent, 'pid' | 'startTicks'>): void {
    if (this.#held === undefined || this.#self === undefined) return;
    const next = `${this.#held}.${this.#self.pid}`;
    const held = this.#held;
    const written =
      done(next, () => rmSync(next, { force: true })) &&
      writeNew(next, { ...content, ...this.#self }) &&
      done(held, () => renameSync(next, held));
    // Others then see what was told before, which is old but true.
    if (!written) done(next, () => rmSync(next, { force: true }));
  }

  /** Gives it back. */
  release(): void {
    const held = this.#held;
    if (held !== undefined) done(held, () => rmSync(held, { force: true }));
    this.#held = undefined;
  }

  #holderOf(file: string): LockContent | undefined {
    const reading = answer('own', file, () => readRegular(file));
    if ('errno' in reading) return undefined;
    const content = parseLockContent(reading.text);
    if (!isKnown(content)) return undefined;
    return processOf(this.#root, content.pid)?.startTicks === content.startTicks ? content : undefined;
  }
}

/** The node's `/run`, and a place of our own where that may not be written. A folder that is no node has neither. */
function lockFiles(root: string): string[] {
  const run = join(root, 'run');
  const files = existsSync(run) ? [join(run, NAME)] : [];
  if (root === '/' && process.getuid?.() !== 0) {
    files.push(join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `slabtop-k8s-${process.getuid?.()}.lock`));
  }
  return files;
}

/** Pid and start time as the root's own /proc counts them: a debug pod may have a pid namespace of its own. */
function processOf(root: string, pid: number | 'self'): { pid: number; startTicks: number } | undefined {
  const file = join(root, 'proc', String(pid), 'stat');
  const reading = answer('own', file, () => readWhole(file));
  if ('errno' in reading) return undefined;
  const { value } = parsePidStat(reading.text);
  return isKnown(value) ? { pid: value.pid, startTicks: value.startTicks } : undefined;
}

/** Whether a system call succeeded: a lock that cannot be kept must not end what it is for. */
function done(file: string, call: () => void): boolean {
  const reading = answer('own', file, () => {
    call();
    return '';
  });
  return !('errno' in reading);
}

/** Writes a file that must not be there yet; `false` where the folder does not take it. */
function writeNew(file: string, content: LockContent): boolean {
  const opened = answer('own', file, () => String(openSync(file, CREATE, 0o644)));
  if ('errno' in opened) return false;
  const descriptor = Number(opened.text);
  try {
    writeSync(descriptor, `${JSON.stringify(content)}\n`);
  } finally {
    closeSync(descriptor);
  }
  return true;
}
