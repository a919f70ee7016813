import { expect, test } from 'vitest';
import { unitOf } from '../../../src/sources/kubernetes/unit.ts';

test.each([
  ['/system.slice/kubelet.service', 'kubelet.service'],
  ['/system.slice/kubelet.service/payload/deeper', 'kubelet.service'],
  ['/user.slice/user-0.slice/session-3.scope', 'session-3.scope'],
  ['/system.slice', 'system.slice'],
  ['/system.slice/dev-hugepages.mount', 'dev-hugepages.mount'],
])('%s belongs to %s', (path, unit) => {
  expect(unitOf(path)).toBe(unit);
});

test.each(['/', '', '/kubepods/burstable', '/.service', '/system.slices'])('%j belongs to no unit', (path) => {
  expect(unitOf(path)).toMatchObject({ unavailable: 'absent' });
});
