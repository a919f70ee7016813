import { expect, test } from 'vitest';
import { rawText } from '../../../../src/app/export/bundle/raw-text.ts';
import type { Reading } from '../../../../src/core/reading.ts';

const NOW = { at: 0, monotonicSeconds: 0 };

function raw(...readings: Reading[]) {
  const run = { topic: 'x', args: '{}', started: NOW, ended: NOW, cpuSeconds: 0, readings };
  const { files, folders } = rawText([run], { at: '2026-11-23T14:00:00Z', origin: 'a test' });
  const texts = Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]));
  return { texts, folders, declared: JSON.parse(texts['raw/host.json'] ?? '') };
}

test('texts become files, errnos and times what host.json says', () => {
  const { texts, declared } = raw(
    { question: 'read', path: '/proc/meminfo', text: 'MemTotal: 1 kB\n' },
    {
      question: 'timed',
      path: '/sys/fs/cgroup/memory/memory.stat',
      text: 'cache 0\n',
      cost: { wallSeconds: 3.5, cpuSeconds: 3.4, systemSeconds: 3.4 },
    },
    { question: 'read', path: '/proc/slabinfo', errno: 'EACCES' },
  );
  expect(texts['raw/proc/meminfo']).toBe('MemTotal: 1 kB\n');
  expect(texts['raw/sys/fs/cgroup/memory/memory.stat']).toBe('cache 0\n');
  expect(declared).toMatchObject({
    fixture: 'slabtop-k8s/1',
    at: '2026-11-23T14:00:00Z',
    reads: { '/sys/fs/cgroup/memory/memory.stat': { wallSeconds: 3.5, cpuSeconds: 3.4 } },
    errors: { '/proc/slabinfo': 'EACCES' },
  });
});

test('answers that were no files stand apart, and pods are folders', () => {
  const { texts, folders } = raw(
    { question: 'dirs', path: '/sys/fs/cgroup/memory', text: '2 a' },
    { question: 'link', path: '/proc/1/exe', text: '/usr/bin/x' },
    { question: 'own', path: '/proc/9/stat', text: '9 (node)' },
    { question: 'list', path: '/var/log/pods', text: 'a_b_c\n../../x' },
  );
  expect(Object.keys(texts).toSorted()).toEqual([
    'raw/answers/dirs/sys/fs/cgroup/memory.txt',
    'raw/answers/link/proc/1/exe.txt',
    'raw/host.json',
    'raw/own/proc/9/stat',
  ]);
  expect(folders).toEqual(['raw/var/log/pods/a_b_c', 'raw/var/log/pods/..%2F..%2Fx']);
});

test('the logs of containers are files in folders, without what they hold', () => {
  const { texts, folders } = raw(
    { question: 'list', path: '/var/log/pods/a_b_c', text: 'app' },
    { question: 'list', path: '/var/log/pods/a_b_c/app', text: '5.log\n6.log' },
  );
  expect(folders).toEqual(['raw/var/log/pods/a_b_c/app']);
  expect(texts).toMatchObject({ 'raw/var/log/pods/a_b_c/app/6.log': '' });
});

test('a hostile path stays below raw/', () => {
  const { texts } = raw({ question: 'read', path: '/../../../etc/passwd', text: 'x' });
  expect(Object.keys(texts)).toContain('raw/%2E%2E/%2E%2E/%2E%2E/etc/passwd');
});
