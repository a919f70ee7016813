import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { unitOf } from '../../../src/sources/kubernetes/unit.ts';
import { nonsense } from '../../support/nonsense.ts';

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

test('of any path the unit is a part of it, or absent', () => {
  fc.assert(
    fc.property(nonsense('/system.slice/kubelet.service/payload/.scope'), (path) => {
      const unit = unitOf(path);
      if (isMissing(unit)) expect(unit.unavailable).toBe('absent');
      else expect(path.split('/')).toContain(unit);
    }),
  );
});
