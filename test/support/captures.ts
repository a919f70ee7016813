import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** The moments of the captured 4.4.155 incident. */
export type Moment = 'healthy' | 'incident' | 'after-drop';

const CAPTURE = fileURLToPath(new URL('../fixtures/hosts/linux-4.4.155-cgroup1.tar.gz', import.meta.url));

let unpacked: string | undefined;

/** The folder of one captured moment, unpacked once per test file and removed after it. Nobody may write into it. */
export function captured(moment: Moment): string {
  if (unpacked === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'slabtop-k8s-capture-'));
    execFileSync('tar', ['xzf', CAPTURE, '-C', folder]);
    unpacked = join(folder, 'linux-4.4.155-cgroup1');
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
  }
  return join(unpacked, moment);
}

/** A copy of a captured moment that a test may change; removed after the test file. */
export function copyOfCaptured(moment: Moment): string {
  const folder = mkdtempSync(join(tmpdir(), 'slabtop-k8s-variant-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(captured(moment), folder, { recursive: true });
  return folder;
}
