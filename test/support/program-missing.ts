import { spawnSync } from 'node:child_process';

/** Whether a program that a test needs is not on this machine; says so, so that a skipped test has its reason printed. */
export function programMissing(program: string): boolean {
  const missing = spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined;
  if (missing) console.warn(`skipped: ${program} is not installed here`);
  return missing;
}
