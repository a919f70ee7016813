import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CaptureProblem, codeOf, problem } from './problem.ts';

/** Who traces a process: the pid of the tracer, 0 for nobody; `process-gone` without such a process. */
export function readTracer(procFolder: string, pid: number): number | CaptureProblem {
  const status = fileText(`${procFolder}/${pid}/status`);
  if (status === undefined) return problem('process-gone', `process ${pid}`);
  return Number(rowOf(status, 'TracerPid') ?? 0);
}

/** What stands against tracing a process before anything is tried; `undefined` if nothing does. */
export function obstacleTo(procFolder: string, pid: number, startTicks: number): CaptureProblem | undefined {
  const stat = fileText(`${procFolder}/${pid}/stat`);
  if (stat === undefined) return problem('process-gone', `process ${pid}`);
  // Column 22; comm, column 2, may hold blanks and parentheses.
  const started = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3]);
  if (started !== startTicks) return problem('process-gone', `process ${pid} is another one now: the one meant`);
  const tracer = readTracer(procFolder, pid);
  if (typeof tracer !== 'number') return tracer;
  return tracer === 0 ? undefined : problem('already-traced', named(procFolder, tracer));
}

/** Why the kernel refused a tracer: it says EPERM, or ENOSYS, for many reasons. */
export function explainRefusal(procFolder: string, pid: number, said: string): CaptureProblem {
  const tracer = readTracer(procFolder, pid);
  if (typeof tracer !== 'number') return tracer;
  if (tracer > 0) return problem('already-traced', named(procFolder, tracer));
  if (/Function not implemented/.test(said)) return problem('blocked-by-seccomp');
  // Yama, since 3.4: 3 forbids everybody to attach until the next boot.
  if (fileText(`${procFolder}/sys/kernel/yama/ptrace_scope`)?.trim() === '3') return problem('tracing-switched-off');
  const own = fileText(`${procFolder}/self/status`) ?? '';
  const capabilities = BigInt(`0x${rowOf(own, 'CapEff') ?? '0'}`);
  if ((capabilities & CAP_SYS_PTRACE) === 0n) return problem('no-capability');
  if (rowOf(own, 'Seccomp') === '2') return problem('blocked-by-seccomp');
  return problem('tracing-denied', said);
}

/** Waits until nobody traces a process: the kernel lets go of it while its tracer dies. */
export async function untraced(procFolder: string, pid: number): Promise<CaptureProblem | undefined> {
  let tracer = readTracer(procFolder, pid);
  for (let tries = 0; tries < 100 && typeof tracer === 'number' && tracer !== 0; tries++) {
    await sleep(20);
    tracer = readTracer(procFolder, pid);
  }
  return typeof tracer === 'number' && tracer !== 0 ? problem('still-traced', named(procFolder, tracer)) : undefined;
}

/** include/uapi/linux/capability.h: number 19. */
const CAP_SYS_PTRACE = 1n << 19n;

function named(procFolder: string, pid: number): string {
  const comm = fileText(`${procFolder}/${pid}/comm`)?.trim();
  return comm === undefined ? `process ${pid}` : `process ${pid} (${comm})`;
}

function rowOf(status: string, name: string): string | undefined {
  return new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1];
}

/** `undefined` for a file that is not there, as when its process has ended. */
function fileText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}
