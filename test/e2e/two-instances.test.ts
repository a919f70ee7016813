import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../src/host/live-host.ts';
import { incident } from '../support/play/incident.ts';
import { type PlayedHost, playHost } from '../support/play/play-host.ts';
import { jsonOf, PROGRAM, runProgram } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';

/* Two instances on one node: one reads, the other is told, as long as what it is told is true now. */

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end();
});

function played(): PlayedHost {
  const host = playHost(incident({ rootSeconds: 1 }));
  ends.push(() => host.stop());
  return host;
}

function screenOf(host: PlayedHost): Pty {
  const pty = openPty({ command: process.execPath, args: [PROGRAM, '--host-root', host.root, '-d', '0.5'] });
  ends.push(() => pty.close());
  return pty;
}

const lockOf = ({ root }: PlayedHost) => join(root, 'slabtop-k8s.lock');

/** A process that runs, and holds the lock as the file says. */
async function holder(host: PlayedHost, told: object): Promise<ChildProcess> {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  ends.push(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const startTicks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3]);
  const now = { writtenMonotonicSeconds: systemClock.monotonic(), periodSeconds: 60 };
  const content = { pid: child.pid, startTicks, sinceEpochMs: Date.now(), budgetPct: 2, reads: [], ...now, ...told };
  writeFileSync(lockOf(host), JSON.stringify(content));
  return child;
}

const readOfRoot = (wallSeconds: number, ageSeconds: number) => ({
  ...{ path: '/', file: 'memory.stat', wallSeconds, cpuSeconds: wallSeconds },
  atEpochMs: Date.now() - ageSeconds * 1000,
});

const rootRead = ({ reads }: { reads: { path: string; file: string }[] }) =>
  reads.find(({ path, file }) => path === '/' && file === 'memory.stat');

test('the second one shows what the first one reads, and says who reads the slab caches', async () => {
  const host = played();
  const child = await holder(host, { reads: [readOfRoot(2.5, 20)] });
  const pty = screenOf(host);
  await pty.waitFor('root 2.50 s');
  await pty.waitFor(`dentry read by pid ${child.pid}`);
  pty.type('2');
  await pty.waitFor(`another instance, pid ${child.pid}, reads /proc/slabinfo`);
});

test.each([
  ['a day old', 86_400],
  ['older than its rest and a minute', 2.5 / 0.02 + 61],
  ['from the future', -3600],
])('a read of another instance that is %s counts for nothing', async (_, ageSeconds) => {
  const host = played();
  await holder(host, { reads: [readOfRoot(2.5, ageSeconds)] });
  expect(rootRead(await jsonOf(['--once', '--host-root', host.root]))).toBeUndefined();
});

test('a holder that has not written for three of its periods does not hold', async () => {
  const host = played();
  await holder(host, {
    ...{ writtenMonotonicSeconds: systemClock.monotonic() - 16, periodSeconds: 5 },
    reads: [readOfRoot(0.001, 10)],
  });
  expect(rootRead(await jsonOf(['--once', '--host-root', host.root]))).toMatchObject({ wallSeconds: 1 });
});

test('a sampler process that was stopped gives up the lock, and ends when it is continued', async () => {
  const host = played();
  const pty = screenOf(host);
  await pty.waitFor('root 1.00 s');
  const { pid } = JSON.parse(readFileSync(lockOf(host), 'utf8'));
  process.kill(pid, 'SIGSTOP');
  pty.kill('SIGKILL');
  await pty.exited;
  const next = screenOf(host);
  await next.waitFor(`process ${pid} probes here`);
  await next.waitFor('root 1.00 s');
  expect(JSON.parse(readFileSync(lockOf(host), 'utf8')).pid).not.toBe(pid);
  process.kill(pid, 'SIGCONT');
  await expect.poll(() => isThere(pid), { timeout: 10_000 }).toBe(false);
  await next.waitFor('root 1.00 s');
  expect(JSON.parse(readFileSync(lockOf(host), 'utf8')).pid).not.toBe(pid);
});

test('a sampler process that is stopped when the screen is left is not left behind', async () => {
  const host = played();
  const pty = screenOf(host);
  await pty.waitFor('root 1.00 s');
  const { pid } = JSON.parse(readFileSync(lockOf(host), 'utf8'));
  process.kill(pid, 'SIGSTOP');
  pty.type('q');
  await pty.exited;
  await expect.poll(() => isThere(pid), { timeout: 10_000 }).toBe(false);
});

test('check beside an open screen reads for itself when it was told longer than 30 s ago', async () => {
  const host = played();
  await holder(host, { reads: [readOfRoot(0.001, 31)] });
  const told = await runProgram(['check', '--timeout', '20', '--host-root', host.root]);
  expect(told.stdout).toContain('root read 1.00 s');
});

test('check beside an open screen that was told just now reads nothing itself', async () => {
  const host = played();
  await holder(host, { reads: [readOfRoot(2.5, 10)] });
  const told = await runProgram(['check', '--timeout', '20', '--host-root', host.root]);
  expect(told.stdout).toContain('root read 2.50 s');
});

function isThere(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
