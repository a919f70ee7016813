import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A machine to emulate. */
export interface Machine {
  readonly qemu: string;
  readonly kernel: string;
  readonly initramfs: string;
  /** What is added to the kernel's command line. */
  readonly kernelArguments: readonly string[];
  /** Where what the kernel says is written: told when something goes wrong. */
  readonly consoleFile: string;
  readonly timeoutSeconds: number;
}

/** Processors that are there, and those that might be plugged in: a cgroup's structures are there for each of these. */
export const CPUS = { online: 2, possible: 64 };

/** Node takes 100 MB of it twice, packed and unpacked. */
const MEMORY_MIB = 1024;

/**
 * Boots a machine without a network and without hardware acceleration, takes the JSON lines that it writes to its
 * second serial port, and resolves with them when it has switched itself off. One that takes longer than it may is
 * killed; the error then tells the end of what its kernel said.
 */
export async function boot(machine: Machine): Promise<unknown[]> {
  const child = spawn(machine.qemu, argumentsOf(machine), { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const timer = setTimeout(kill, machine.timeoutSeconds * 1000);
  const results: unknown[] = [];
  const ended = new Promise<string>((settle, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => settle(signal ?? `code ${code}`));
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) results.push(JSON.parse(line));
    const how = await ended;
    const last = results.pop();
    if (how === 'code 0' && isEnd(last)) return results;
    throw new Error(`the machine ended by ${how} after ${JSON.stringify(last)}\n${complaint}\n${lastWords(machine)}`);
  } finally {
    clearTimeout(timer);
    process.off('exit', kill);
    kill();
  }
}

/** What `guest/init.sh` writes when the tour is over: a machine that panics switches itself off too. */
function isEnd(last: unknown): boolean {
  return typeof last === 'object' && last !== null && 'end' in last && last.end === 0;
}

function argumentsOf({ kernel, initramfs, kernelArguments, consoleFile }: Machine): string[] {
  const append = ['console=ttyS0', 'quiet', 'panic=-1', 'mitigations=off', 'rdinit=/init', ...kernelArguments];
  return [
    ...['-accel', 'tcg', '-cpu', 'max', '-smp', `${CPUS.online},maxcpus=${CPUS.possible}`, '-m', `${MEMORY_MIB}`],
    ...['-nodefaults', '-display', 'none', '-nic', 'none', '-no-reboot'],
    ...['-kernel', kernel, '-initrd', initramfs, '-append', append.join(' ')],
    ...['-serial', `file:${consoleFile}`, '-serial', 'stdio'],
  ];
}

function lastWords({ consoleFile }: Machine): string {
  return readFileSync(consoleFile, 'utf8').split('\n').slice(-40).join('\n');
}
