import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the program where its sources are newer: tests that run it must not run yesterday's. */
export default function build(): void {
  const ready = fileURLToPath(new URL('../../src/packaging/ready.mjs', import.meta.url));
  execFileSync(process.execPath, [ready], { stdio: 'inherit' });
}
