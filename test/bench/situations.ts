import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { atExit } from '../support/cleanup.ts';

/** What a machine is doing while programs are measured on it. */
export interface Situation {
  readonly name: string;
  /** Brings it about; the answer ends it. */
  begin(): Promise<() => Promise<void>>;
}

/** Nobody needs a busy loop for longer, should this process be killed before it ends them. */
const BUSY_SECONDS_AT_MOST = 1200;

/** The situations of the bench, by name. */
export const SITUATIONS: readonly Situation[] = [
  { name: 'quiet', begin: async () => async () => {} },
  { name: '1,000 sleeping processes', begin: () => withChildren(1000, 'sleep', ['1200']) },
  { name: 'loaded', begin: () => withChildren(availableParallelism(), process.execPath, ['-e', busyLoop()]) },
];

async function withChildren(count: number, command: string, args: readonly string[]): Promise<() => Promise<void>> {
  const children: ChildProcess[] = [];
  const killAll = atExit(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  for (let n = 0; n < count; n += 1) {
    const child = spawn(command, args, { stdio: 'ignore' });
    children.push(child);
    await once(child, 'spawn');
  }
  const ended = Promise.all(children.map((child) => once(child, 'exit')));
  return async () => {
    killAll();
    await ended;
  };
}

function busyLoop(): string {
  return `const end = Date.now() + ${BUSY_SECONDS_AT_MOST * 1000}; while (Date.now() < end);`;
}
