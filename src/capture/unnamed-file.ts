import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CaptureProblem, codeOf, problem } from './problem.ts';

/** A file that a program writes to and we read from, through a descriptor. */
export interface UnnamedFile {
  readonly descriptor: number;
  sizeBytes(): number;
  /** Its first bytes as text. */
  read(mostBytes: number): string;
  close(): void;
}

/**
 * A file in a private folder (0700), both of which are removed at once: only descriptors lead to it, nobody else can
 * open it, and nothing is left on the disk if we are killed. A file and not a pipe, because a tracer that waits for us
 * to read makes its process wait.
 */
export function openUnnamedFile(temporaryFolder: string): UnnamedFile | CaptureProblem {
  let descriptor: number;
  try {
    const folder = mkdtempSync(join(temporaryFolder, 'slabtop-k8s-'));
    try {
      descriptor = openSync(join(folder, 'output'), 'wx+', 0o600);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch (error) {
    return problem('no-temporary-file', `${temporaryFolder}: ${codeOf(error)}`);
  }
  return {
    descriptor,
    sizeBytes: () => fstatSync(descriptor).size,
    read: (mostBytes) => readStart(descriptor, mostBytes),
    close: () => closeSync(descriptor),
  };
}

function readStart(descriptor: number, mostBytes: number): string {
  const bytes = Buffer.alloc(Math.min(mostBytes, fstatSync(descriptor).size));
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(descriptor, bytes, filled, bytes.length - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.toString('utf8', 0, filled);
}
