import { expect, test } from 'vitest';
import type { HostOrigin } from '../../src/host/host.ts';
import { nodeName } from '../../src/samplers/node-name.ts';
import { hostOfFiles } from '../support/host-of-files.ts';

const files = { '/proc/sys/kernel/hostname': 'debug-pod-x2x9z\n', '/etc/hostname': '# by us\nnode-7\n' };
const hostAt = (origin: HostOrigin, more: Record<string, string> = {}) => ({
  ...hostOfFiles({ ...files, ...more }),
  origin,
});

test("a pod without hostNetwork has the node's name from the node's own file", () => {
  expect(nodeName(hostAt({ kind: 'live', root: '/host' }), undefined)).toBe('node-7');
});

test('on the node itself the name that is in force counts', () => {
  expect(nodeName(hostAt({ kind: 'live', root: '/' }), undefined)).toBe('debug-pod-x2x9z');
});

test('NODE_NAME wins', () => {
  expect(nodeName(hostAt({ kind: 'live', root: '/host' }), 'node-9')).toBe('node-9');
});

test('a name that every machine has is none', () => {
  for (const text of ['localhost\n', 'localhost.localdomain\n', '', '# nothing\n']) {
    const host = hostAt({ kind: 'live', root: '/host' }, { '/etc/hostname': text });
    expect(nodeName(host, undefined), text).toBe('debug-pod-x2x9z');
  }
});
