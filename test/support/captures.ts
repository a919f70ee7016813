import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from './cleanup.ts';

/** The moments of the captured 4.4.155 incident. */
export type Moment = 'healthy' | 'incident' | 'after-drop';

const CAPTURE = fileURLToPath(new URL('../fixtures/hosts/linux-4.4.155-cgroup1.tar.gz', import.meta.url));

let unpacked: string | undefined;

/** The folder of one captured moment, unpacked once per test process and removed after it. Nobody may write into it. */
export function captured(moment: Moment): string {
  if (unpacked === undefined) {
    const { path } = makeFolder(tmpdir(), 'capture');
    execFileSync('tar', ['xzf', CAPTURE, '-C', path]);
    unpacked = join(path, 'linux-4.4.155-cgroup1');
  }
  return join(unpacked, moment);
}

/** A copy of a captured moment that a test may change; removed after it. */
export function copyOfCaptured(moment: Moment): string {
  const { path } = makeFolder(tmpdir(), 'variant');
  cpSync(captured(moment), path, { recursive: true });
  return path;
}
