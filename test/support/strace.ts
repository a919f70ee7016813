import { execFileSync, spawn, spawnSync } from 'node:child_process';

/** Why a program cannot be run here; `undefined` if it can. */
export function whyNotRun(command: string, args: readonly string[]): string | undefined {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return undefined;
  } catch (error) {
    return `${command}: ${error instanceof Error ? error.message : error}`;
  }
}

/** Why strace cannot attach to a process of this test here; `undefined` if it can. */
export function whyNoStrace(): string | undefined {
  const missing = whyNotRun('strace', ['-o', '/dev/null', 'true']) ?? whyNotRun('timeout', ['--version']);
  if (missing !== undefined) return missing;
  const target = spawn('sleep', ['10'], { stdio: 'ignore' });
  const attach = ['--signal=INT', '--kill-after=2', '0.5', 'strace', '-o', '/dev/null', '-p', String(target.pid)];
  const { status, stderr } = spawnSync('timeout', attach, { encoding: 'utf8' });
  target.kill('SIGKILL');
  return status === 124 ? undefined : stderr.trim();
}
