import { expect, test } from 'vitest';
import { depthOf, isBelow, parentOf } from '../../../src/sources/cgroup/path.ts';

test('parents end at the root', () => {
  expect(parentOf('/kubepods/burstable')).toBe('/kubepods');
  expect(parentOf('/kubepods')).toBe('/');
  expect(parentOf('/')).toMatchObject({ unavailable: 'absent' });
});

test('depth counts steps below the root', () => {
  expect(['/', '/kubepods', '/kubepods/burstable'].map(depthOf)).toEqual([0, 1, 2]);
});

test.each([
  ['/kubepods', '/', true],
  ['/kubepods/burstable/podx', '/kubepods', true],
  ['/kubepods', '/kubepods', false],
  ['/kubepods2', '/kubepods', false],
  ['/', '/', false],
  ['/', '/kubepods', false],
])('%s below %s: %s', (path, ancestor, answer) => {
  expect(isBelow(path, ancestor)).toBe(answer);
});
