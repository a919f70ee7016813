import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Starts this program again in one of its internal roles: a process group of its own, no terminal, nothing of our
 * environment but what Node needs. It is not waited for: quitting leaves it, and whatever is stuck ends by itself.
 */
export function startOwnProcess(role: string, errorLog: number | 'ignore'): ChildProcess {
  const child = spawn(process.execPath, [...NODE_FLAGS, __filename, role], {
    stdio: ['ignore', 'ignore', errorLog, 'ipc'],
    detached: true,
    serialization: 'advanced',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TZ: process.env.TZ },
    cwd: '/',
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** Keeps the child small: its heap is a few MiB, and Node's pool for asynchronous files is hardly used. */
const NODE_FLAGS = ['--max-semi-space-size=1', '--v8-pool-size=1'];
