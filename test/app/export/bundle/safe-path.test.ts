import { join, normalize } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safePath } from '../../../../src/app/export/bundle/safe-path.ts';

test('a path of a kernel stays as it is', () => {
  expect(safePath('/sys/fs/cgroup/memory/kubepods/memory.stat')).toBe('sys/fs/cgroup/memory/kubepods/memory.stat');
});

test.each([
  ['/a/../../etc/passwd', 'a/%2E%2E/%2E%2E/etc/passwd'],
  ['/a/\u001b[2J\n', 'a/%1B%5B2J%0A'],
  ['/run-\\x2d.mount', 'run-%5Cx2d.mount'],
  ['/a//./b', 'a/b'],
])('%j becomes %j', (path, safe) => {
  expect(safePath(path)).toBe(safe);
});

test('no path leads out of its folder, or is longer than a file system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (path) => {
      const safe = safePath(path);
      expect(safe).toMatch(/^[A-Za-z0-9._:@+=,~%/-]*$/);
      expect(normalize(join('/folder', safe)).startsWith('/folder')).toBe(true);
      expect(Math.max(...safe.split('/').map((part) => part.length))).toBeLessThanOrEqual(200);
    }),
  );
});
