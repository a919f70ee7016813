import { printable } from '../../../core/printable.ts';
import type { IdentityMessage } from './protocol.ts';

/**
 * The child that asks what the machine is made of: the library starts shells and small programs (lscpu, dmidecode) for
 * it, and these are to have neither the user's environment nor their PATH. It waits until it is left.
 */
export async function runIdentityProcess(): Promise<void> {
  // Without a screen there is nobody to tell, and nothing that would end it.
  if (!process.connected) return;
  // It leads a process group of its own: what it started ends with it.
  process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
  const say = (message: IdentityMessage) => {
    if (process.connected) process.send?.(message);
  };
  try {
    say({ machine: await machine() });
  } catch (error) {
    say({ failed: error instanceof Error ? error.message : String(error) });
  }
}

async function machine(): Promise<string> {
  const { cpu, system } = await import('systeminformation');
  const [board, processor] = await Promise.all([system(), cpu()]);
  const maker = words(' ', board.manufacturer, board.model);
  const virtual = board.virtual ? (board.virtualHost ?? 'virtual') : '';
  return printable(words('; ', words(', ', maker, virtual), words(' ', processor.manufacturer, processor.brand)));
}

function words(separator: string, ...some: readonly string[]): string {
  return some.filter((word) => word !== '').join(separator);
}
