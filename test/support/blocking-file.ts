import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** A program of coreutils, as there is no call for it in Node. */
const MAKE_FIFO = 'mkfifo';

/** Puts a FIFO where a file was: whoever opens it to read waits until someone opens it to write, or is killed. */
export function makeBlocking(path: string): void {
  rmSync(path, { force: true });
  execFileSync(MAKE_FIFO, [path]);
}
