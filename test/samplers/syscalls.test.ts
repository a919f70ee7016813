import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openFixtureHost } from '../../src/host/fixture-host.ts';
import { syscallsSampler } from '../../src/samplers/syscalls.ts';
import { makeFolder } from '../support/cleanup.ts';
import { observeFixture } from '../support/observe.ts';

const folder = makeFolder(tmpdir(), 'syscalls');
afterAll(folder.remove);

const FUTEX = '202 0xc000100148 0x80 0x0 0x0 0x0 0x0 0x7ffd3a2b1c58 0x46b2a3\n';
const READ = '0 0x9 0xc000aa4000 0x200 0x0 0x0 0x0 0x7ffd3a2b1c58 0x46b2a3\n';

/** A root folder with these files of `/proc/200`. */
function rootWith(name: string, files: Record<string, string>, declared: object = {}): string {
  const root = join(folder.path, name);
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, 'proc/200', file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }
  mkdirSync(root, { recursive: true });
  const host = { fixture: 'slabtop-k8s/1', origin: 'written by hand in this test', ...declared };
  writeFileSync(join(root, 'host.json'), JSON.stringify(host));
  return root;
}

function sampled(root: string, tids: readonly number[]) {
  return syscallsSampler.sample(openFixtureHost(root), { pid: 200, tids: [...tids] });
}

test('threads asleep in a call, on a CPU, asleep elsewhere, and one that ended', () => {
  const root = rootWith('four', {
    'task/200/syscall': FUTEX,
    'task/200/wchan': 'futex_wait_queue_me',
    'task/201/syscall': 'running\n',
    'task/201/wchan': 'never read',
    'task/202/syscall': '-1 0x7ffd3a2b1c58 0x46b2a3\n',
    'task/202/wchan': '0',
  });
  expect(sampled(root, [200, 201, 202, 203])).toEqual({
    pid: 200,
    looks: [
      { tid: 200, doing: 202, wchan: 'futex_wait_queue_me' },
      { tid: 201, doing: 'running', wchan: expect.objectContaining({ unavailable: 'absent' }) },
      { tid: 202, doing: 'blocked', wchan: expect.objectContaining({ unavailable: 'absent' }) },
    ],
  });
});

test('without root, and on a kernel without the file', () => {
  const denied = rootWith('denied', {}, { errors: { '/proc/200/task/200/syscall': 'EPERM' } });
  expect(sampled(denied, [200, 201]).looks).toMatchObject({ unavailable: 'denied' });
  expect(sampled(rootWith('none', {}), [200]).looks).toMatchObject({ unavailable: 'absent' });
});

test('the threads take turns', () => {
  const root = rootWith('turns', {});
  const stat = (tid: number) => `${tid} (kubelet) S 1${' 0'.repeat(15)} 40 0 5000${' 0'.repeat(30)}\n`;
  // Far enough apart that the cost of cold code in a test is paid off by then.
  for (let step = 1; step <= 4; step += 1) {
    const files: Record<string, string> = { stat: stat(200), comm: 'kubelet\n', cmdline: '/usr/bin/kubelet\0' };
    for (let tid = 200; tid < 240; tid += 1) {
      files[`task/${tid}/stat`] = stat(tid);
      files[`task/${tid}/syscall`] = tid < 230 ? FUTEX : READ;
      files[`task/${tid}/wchan`] = tid < 230 ? 'futex_wait_queue_me' : 'mem_cgroup_stat';
    }
    rootWith(`turns/step-${step}`, files, { at: `2026-01-01T00:00:${step * 14}Z` });
  }
  const { ticks, model } = observeFixture(root, 4, { pid: 200 });
  const runs = ticks.flatMap((tick) => tick.runs.filter((run) => run.topic === 'syscalls'));
  const turns = runs.map((run) => run.args.tids);
  expect(turns.map((tids) => tids.length)).toEqual([16, 16, 8, 16]);
  expect(new Set(turns.slice(0, 3).flat()).size).toBe(40);
  expect(model.kubelet).toMatchObject({
    syscallRows: [
      { kind: 'call', name: 'futex', looks: 46, waits: true, threads: 30 },
      { kind: 'call', name: 'read', looks: 10, waits: false, threads: 10, wchans: [{ name: 'mem_cgroup_stat' }] },
    ],
  });
});
