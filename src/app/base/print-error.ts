import { oneLine } from '../../core/one-line.ts';

/** Tells the person something on standard error. Whatever the message quotes, it is one line that can be shown. */
export function complain(message: string): void {
  process.stderr.write(`slabtop-k8s: ${oneLine(message)}\n`);
}
