import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { atExit } from './cleanup.ts';

/** A process of several threads that read files, sleep, and count. */
export interface BusyProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly startTicks: number;
  /** Waits until it has done another thing: a stopped or stuck process never does. */
  working(): Promise<void>;
  /** The tracer of each of its threads. */
  tracers(): number[];
  end(): void;
}

const PROGRAM = `
const { Worker } = require('node:worker_threads');
const reading = "const fs = require('node:fs'); setInterval(() => fs.readFileSync('/proc/self/stat'), 5)";
for (let count = 0; count < 4; count++) new Worker(reading, { eval: true });
setInterval(() => process.stdout.write('.'), 20);
`;

/** Starts one; it ends with the test's process at the latest. */
export async function startBusyProcess(): Promise<BusyProcess> {
  const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { pid, stdout } = child;
  if (pid === undefined || stdout === null) throw new Error('node did not start');
  const end = atExit(() => child.kill('SIGKILL'));
  await once(stdout, 'data');
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return {
    child,
    pid,
    startTicks: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]),
    working: async () => {
      await once(stdout, 'data');
      await once(stdout, 'data');
    },
    tracers: () =>
      readdirSync(`/proc/${pid}/task`).map((tid) => {
        const status = readFileSync(`/proc/${pid}/task/${tid}/status`, 'utf8');
        return Number(/^TracerPid:\s*(\d+)/m.exec(status)?.[1]);
      }),
    end,
  };
}
