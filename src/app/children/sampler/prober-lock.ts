import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../core/clock.ts';
import { isKnown } from '../../../core/missing.ts';
import { answer, readWhole } from '../../../host/root-folder.ts';
import { isSilent, type LockContent, parseLockContent } from '../../../samplers/peer-lock.ts';
import { parsePidStat } from '../../../sources/proc/pid-stat.ts';
import { readOwnFile, removeOwnFile, writeOwnFile } from '../../base/own-file.ts';

const NAME = 'slabtop-k8s.lock';

/** Whoever may start an instance may know what others read. */
const READABLE = 0o644;

/** Whether this instance may make the slow reads. */
export type LockState = 'held' | 'not-needed' | { readonly file: string; readonly holder: LockContent };

/** What an instance says of itself, besides what the lock adds. */
export type Told = Pick<LockContent, 'sinceEpochMs' | 'budgetPct' | 'reads' | 'periodSeconds'>;

/**
 * The lock between instances on one node: two that each keep to a budget of 2 % would take 4 % of a core, and their
 * reads would queue on the kernel's locks. It is a file in the node's `/run`, named by the process that holds it. A
 * holder that has died (no such pid with that start time) or has been silent for three of its periods (stopped by ^Z,
 * stuck in the kernel) is replaced; it finds that out when it goes on. What is no lock of ours is never removed.
 */
export class ProberLock {
  readonly #root: string;
  readonly #clock: Clock;
  readonly #self: { readonly pid: number; readonly startTicks: number } | undefined;
  readonly #files: readonly string[];
  #held: string | undefined;

  /** `root` has the `/proc` in which pids are looked up; `lockFile` is one that somebody configured. */
  constructor(root: string, lockFile: string | undefined, clock: Clock) {
    this.#root = root;
    this.#clock = clock;
    this.#self = processOf(root, 'self');
    this.#files = lockFile === undefined ? lockFiles(root) : [lockFile];
  }

  /** Who holds it, without taking it: for an instance that gives way to every other. */
  look(): LockState {
    for (const file of this.#files) {
      const holder = this.#holderOf(file);
      if (holder !== undefined && holder.pid !== this.#self?.pid) return { holder, file };
    }
    return 'not-needed';
  }

  /** Takes the lock where nobody has it, and tells others what we read. To be called once a period. */
  keep(told: Told): LockState {
    const self = this.#self;
    if (self === undefined) return 'not-needed';
    const other = this.look();
    if (typeof other === 'object') {
      this.#held = undefined;
      return other;
    }
    const content: LockContent = { ...told, ...self, writtenMonotonicSeconds: this.#clock.monotonic() };
    const files = this.#held === undefined ? this.#files : [this.#held];
    this.#held = files.find(
      (file) => writeOwnFile(file, `${JSON.stringify(content)}\n`, READABLE, isLock) === undefined,
    );
    return this.#held === undefined ? 'not-needed' : 'held';
  }

  /** Gives it back. */
  release(): void {
    const [held, self] = [this.#held, this.#self];
    this.#held = undefined;
    if (held === undefined) return;
    removeOwnFile(held, (text) => {
      const content = parseLockContent(text);
      return isKnown(content) && content.pid === self?.pid;
    });
  }

  #holderOf(file: string): LockContent | undefined {
    const found = readOwnFile(file, isLock);
    const content = typeof found === 'object' ? parseLockContent(found.text) : undefined;
    if (content === undefined || !isKnown(content)) return undefined;
    const lives = processOf(this.#root, content.pid)?.startTicks === content.startTicks;
    return lives && !isSilent(content, this.#clock.monotonic()) ? content : undefined;
  }
}

function isLock(text: string): boolean {
  return isKnown(parseLockContent(text));
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
