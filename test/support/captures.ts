import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from './cleanup.ts';

/** The moments of the captured 4.4.155 incident. */
export type Moment = 'healthy' | 'incident' | 'after-drop';

const CAPTURE = fileURLToPath(new URL('../fixtures/hosts/linux-4.4.155-cgroup1.tar.gz', import.meta.url));

/** Where a test run has unpacked it for all its processes: 2,900 files, in some fifty test files. */
const SHARED = 'TEST_CAPTURE_FOLDER';

let unpacked = process.env[SHARED];

/**
 * The folder of one captured moment, unpacked once per run, or by a process that is in none, and removed after it.
 * Nobody may write into it.
 */
export function captured(moment: Moment): string {
  unpacked ??= unpackCapture().path;
  return join(unpacked, moment);
}

/** For all processes of a test run: vitest calls it before them, and what it answers after them. */
export default function shareCapture(): () => void {
  const { path, remove } = unpackCapture();
  process.env[SHARED] = path;
  return remove;
}

function unpackCapture(): { path: string; remove: () => void } {
  const { path, remove } = makeFolder(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'capture');
  execFileSync('tar', ['xzf', CAPTURE, '-C', path]);
  return { path: join(path, 'linux-4.4.155-cgroup1'), remove };
}

const REPORTS = fileURLToPath(new URL('../fixtures/hosts/public-reports.tar.gz', import.meta.url));

let reports: string | undefined;

/** The folder of a node that was made from a public report: `fixtures/README.md`. Nobody may write into it. */
export function publicReport(name: string): string {
  if (reports === undefined) {
    const { path } = makeFolder(tmpdir(), 'reports');
    execFileSync('tar', ['xzf', REPORTS, '-C', path]);
    reports = join(path, 'cases');
  }
  return join(reports, name);
}

/** A copy of a captured moment that a test may change; removed after it. */
export function copyOfCaptured(moment: Moment): string {
  const { path } = makeFolder(tmpdir(), 'variant');
  cpSync(captured(moment), path, { recursive: true });
  return path;
}
