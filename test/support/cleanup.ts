import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PREFIX = 'slabtop-k8s-test-';

/** What all names that this process gives to cgroups and folders start with; the pid tells whose they are. */
export const OWN_PREFIX = `${PREFIX}${process.pid}`;

const pending = new Set<() => void>();

let watching = false;

/**
 * Has `undo` run when this process exits or is told to end (vitest ends its workers by SIGTERM); the answer runs it
 * earlier. It runs once, whichever comes first. What a killed process left, {@link leftoversOfTheDead} finds.
 */
export function atExit(undo: () => void): () => void {
  if (!watching) watchForTheEnd();
  const once = () => {
    if (pending.delete(once)) undo();
  };
  pending.add(once);
  return once;
}

/** A new folder below `parent`, removed with all it holds when this process exits or when `remove` is called. */
export function makeFolder(parent: string, kind: string): { path: string; remove: () => void } {
  for (const old of leftoversOfTheDead(parent)) rmSync(old, { recursive: true, force: true });
  const path = mkdtempSync(join(parent, `${OWN_PREFIX}-${kind}-`));
  return {
    path,
    remove: atExit(() => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })),
  };
}

/** The entries of a folder that bear our prefix and the pid of a process that is no more. */
export function leftoversOfTheDead(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(PREFIX) && !existsSync(`/proc/${Number.parseInt(name.slice(PREFIX.length), 10)}`))
    .map((name) => join(folder, name));
}

/** Waits without giving other code a turn: exit handlers cannot await, and the kernel lets go of a cgroup late. */
export function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function watchForTheEnd(): void {
  watching = true;
  process.once('exit', undoAll);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => {
      undoAll();
      process.kill(process.pid, signal);
    });
  }
}

function undoAll(): void {
  for (const undo of [...pending].reverse()) {
    try {
      undo();
    } catch (error) {
      process.stderr.write(`cleaning up: ${String(error)}\n`);
    }
  }
}
