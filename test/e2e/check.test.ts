import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { healthy, incident } from '../support/play/incident.ts';
import { playHost } from '../support/play/play-host.ts';
import type { Script } from '../support/play/scene.ts';
import { PROGRAM, type Ran, runProgram } from '../support/program.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function played(script: Script): string {
  const host = playHost(script);
  ends.push(() => host.stop());
  return host.root;
}

const check = (root: string, ...args: string[]): Promise<Ran> => runProgram(['check', '--host-root', root, ...args]);

const hot: Script = healthy({ kubelet: { pid: 1342, userPct: 10, systemPct: 150, open: [] } });

test('a kubelet that spends 1.5 cores in the kernel is heard: that takes a second sample', async () => {
  const { stdout, code } = await check(played(hot), '--fail-on', 'warning');
  expect(stdout).toMatch(/^WARNING kubelet spends \d+\.\d % of a core in the kernel/);
  expect(code).toBe(1);
});

test.each([
  [['--process', 'nosuch'], 'no process named nosuch runs here'],
  [['-p', '999999'], 'no process 999999 runs here'],
])('a process that was named and is not there, %j, is unknown and not healthy', async (flags, why) => {
  const { stdout, code } = await check(played(healthy()), ...flags);
  expect(stdout).toMatch(/^UNKNOWN the process to watch/);
  expect(stdout).toContain(why);
  expect(code).toBe(2);
});

test('what check could not hear is named in its line', async () => {
  const { stdout, code } = await check(played(healthy()));
  expect(stdout).toMatch(/^OK healthy: .*; not heard: .*growth of slab memory/);
  expect(stdout).not.toMatch(/not heard: .*kubelet bound in the kernel/);
  expect(code).toBe(0);
});

test('check --json gives the findings', async () => {
  const { stdout, code } = await check(played(hot), '--json');
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ schema: 'slabtop-k8s-check/1', overall: 'warning' });
  const inKernel = document.findings.find(({ id }: { id: string }) => id === 'kubelet-in-kernel');
  expect(inKernel).toMatchObject({ severity: 'warning', evidence: expect.arrayContaining([]) });
  expect(document.notHeard).toContain('growth of slab memory');
  expect(code).toBe(0);
});

test('check --json is JSON too where not one sample was to be had in time', async () => {
  const { stdout, code } = await check(played(hot), '--json', '--timeout', '0.5');
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ schema: 'slabtop-k8s-check/1', overall: 'unknown', findings: [] });
  expect(document.headline).toBe('nothing could be read within 0.5 s');
  expect(document.notHeard).toContain('dying memory cgroups');
  expect(code).toBe(2);
});

test('a read that hangs is a lower bound within the timeout, and the state is not healthy', async () => {
  const { stdout, code } = await check(played(incident({ rootSeconds: 60 })), '--timeout', '5');
  expect(stdout).toMatch(/^CRITICAL .*dying memory cgroups make memory.stat slow/);
  expect(code).toBe(1);
});

test('the interval that is configured for the screen does not make check deaf', async () => {
  const { stdout } = await check(played(hot), '--delay', '30', '--timeout', '10');
  expect(stdout).toMatch(/^WARNING kubelet spends/);
});

test('the timeout is wall time from its own start, however late the program came to run', async () => {
  const { path: folder, remove } = makeFolder(tmpdir(), 'late');
  ends.push(remove);
  const late = join(folder, 'late.cjs');
  writeFileSync(late, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6000);');
  const root = played(incident({ rootSeconds: 60 }));
  const startedMs = performance.now();
  const args = ['check', '--host-root', root, '--timeout', '8', '--fail-on', 'warning'];
  const { code } = await runProgram(args, { NODE_OPTIONS: `--require ${late}` });
  // Counted from where the program begins to run, it would be 14 s.
  expect((performance.now() - startedMs) / 1000).toBeLessThan(12);
  expect(code).not.toBe(0);
});

test('node-problem-detector gets a condition and a reason for each cause, all from one run', async () => {
  const { path: folder, remove } = makeFolder(tmpdir(), 'npd');
  ends.push(remove);
  const { conditions, rules } = JSON.parse((await runProgram(['check', '--print-npd-config'])).stdout);
  expect(new Set(conditions.map(({ type }: { type: string }) => type)).size).toBe(6);
  expect(new Set(rules.map(({ reason }: { reason: string }) => reason)).size).toBe(6);
  const share = join(folder, 'share.json');
  const root = played(incident({ rootSeconds: 2 }));
  const codes: Record<string, number> = {};
  const heard = new Set<string>();
  for (const { condition, args } of rules as { condition: string; args: string[] }[]) {
    const { code } = await runProgram([
      ...args.map((arg) => (arg.startsWith('/run/') ? share : arg)),
      '--host-root',
      root,
    ]);
    codes[condition] = code;
    heard.add(readFileSync(share, 'utf8'));
  }
  expect(heard.size).toBe(1);
  expect(codes).toMatchObject({
    SlowMemoryCgroups: 1,
    DyingMemoryCgroups: 1,
    MemoryCgroupIdsRunOut: 0,
    LeftoverCgroups: 0,
    UnreclaimableSlab: 0,
    KubeletInKernel: 1,
  });
});

test('a file of somebody else is not used and not replaced by --share', async () => {
  const { path: folder, remove } = makeFolder(tmpdir(), 'share');
  ends.push(remove);
  const share = join(folder, 'precious');
  writeFileSync(share, 'precious');
  const { code, stderr } = await check(played(healthy()), '--share', share);
  expect(readFileSync(share, 'utf8')).toBe('precious');
  expect(stderr).toContain(share);
  expect(code).toBe(0);
});

// With fewer than these Node 20 cannot open the program itself.
test.each([20, 21, 22, 24, 28, 40])('with %d descriptors: 0 or 2 and one line, never a stack', async (descriptors) => {
  const { code, stdout, stderr } = await runLimited(`ulimit -n ${descriptors}`);
  expect([code, stdout, stderr]).toEqual([expect.toBeOneOf([0, 2]), stdout, stderr]);
  expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at |is not a function|before initialization/);
  if (code === 2) expect(`${stdout}${stderr}`.trim().split('\n')).toHaveLength(1);
});

test('a limit of file sizes, and standard output that is full: 2 and one line, or what was found', async () => {
  const small = await runLimited('ulimit -f 0');
  expect([0, 2]).toContain(small.code);
  const full = await runLimited('exec >/dev/full');
  expect(full).toMatchObject({ code: 2, stderr: expect.stringMatching(/^slabtop-k8s: .*\(ENOSPC\)\n$/) });
});

/** `check` on the captured healthy node, in a shell that was limited before; Node itself may not start then. */
function runLimited(limit: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const { PATH } = process.env;
  const words = [process.execPath, PROGRAM, 'check', '--timeout', '20', '--host-root', captured('healthy')];
  return new Promise((settle) => {
    execFile('/bin/sh', ['-c', `${limit}; exec "$@"`, 'sh', ...words], { env: { PATH } }, (error, stdout, stderr) => {
      settle({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

test('a warning is not exit code 0 while the read that would be critical was not heard', async () => {
  const { path: folder, remove } = makeFolder(tmpdir(), 'deaf');
  ends.push(remove);
  const share = join(folder, 'share.json');
  const root = played(incident({ rootSeconds: 2 }));
  await check(root, '--share', share);
  const heard = JSON.parse(readFileSync(share, 'utf8'));
  const deaf = (finding: { id: string }) =>
    finding.id === 'slow-memory-stat' ? { ...finding, severity: 'unknown' } : finding;
  writeFileSync(share, JSON.stringify({ ...heard, overall: 'warning', findings: heard.findings.map(deaf) }));
  expect((await check(root, '--share', share)).code).toBe(2);
  expect((await check(root, '--share', share, '--fail-on', 'warning')).code).toBe(1);
  expect((await check(root, '--share', share, '--cause', 'ids')).code).toBe(0);
});
