import { parentPort } from 'node:worker_threads';
import { compare } from 'bcryptjs';
import type { PasswordQuestion } from './password-protocol.ts';

/** Compares passwords with bcrypt hashes, one after the other. */
export function runPasswordWorker(): void {
  const port = parentPort;
  if (port === null) throw new Error('passwords are compared in a worker thread only');
  port.on('message', async ({ password, hash }: PasswordQuestion) => port.postMessage(await compare(password, hash)));
}
