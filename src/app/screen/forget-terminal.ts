import { closeSync, fstatSync } from 'node:fs';
import { errnoOf } from '../../core/errno.ts';

/** /dev/null, major 1 and minor 3, the one character device that a standard stream often is besides a terminal. */
const NULL_DEVICE = 0x103;

/**
 * Closes the standard streams' descriptors that are a terminal which is gone. Node resets the modes of the terminals
 * among them when it exits, and aborts with a native stack trace (SIGABRT) where that fails with EIO; descriptors
 * that are closed by then it leaves alone. Only for the last moment before exiting.
 */
export function forgetTerminal(): void {
  for (const descriptor of [0, 1, 2]) {
    if (isTerminal(descriptor)) closeSync(descriptor);
  }
}

function isTerminal(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isCharacterDevice() && status.rdev !== NULL_DEVICE;
  } catch (error) {
    // It is closed already.
    errnoOf(error);
    return false;
  }
}
