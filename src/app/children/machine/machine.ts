import { startOwnProcess } from '../own-process.ts';
import { IDENTITY_ARGUMENT, type IdentityMessage } from './protocol.ts';

/** What kind of machine the node is, in a line: `QEMU Standard PC, KVM; Intel Xeon Gold 6248R`. */
export type NodeIdentity = string;

/** Half a second is usual. */
const PATIENCE_MS = 10_000;

/**
 * Asks once what the machine is made of, in a child that ends with the answer, or with this process. It starts a few
 * small programs and takes some 0.3 s of CPU, so that it comes after the first frame and never in a tick.
 */
export async function nodeIdentity(): Promise<NodeIdentity> {
  const child = startOwnProcess(IDENTITY_ARGUMENT, 'ignore');
  const end = () => killGroup(child.pid);
  const patience = setTimeout(end, PATIENCE_MS).unref();
  process.once('exit', end);
  try {
    return await new Promise((settle, reject) => {
      child.on('error', reject);
      child.on('exit', (code, signal) => reject(new Error(`the child that asks ended: ${signal ?? `code ${code}`}`)));
      child.on('message', (message: IdentityMessage) => {
        if ('failed' in message) reject(new Error(message.failed));
        else settle(message.machine);
      });
    });
  } finally {
    clearTimeout(patience);
    process.off('exit', end);
    if (child.connected) child.disconnect();
  }
}

/** The child leads a group of its own, in which the programs are that it started. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
