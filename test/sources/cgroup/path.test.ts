import fc from 'fast-check';
import { expect, test } from 'vitest';
import { depthOf, parentOf } from '../../../src/sources/cgroup/path.ts';

test('parents end at the root', () => {
  expect(parentOf('/kubepods/burstable')).toBe('/kubepods');
  expect(parentOf('/kubepods')).toBe('/');
  expect(parentOf('/')).toMatchObject({ unavailable: 'absent' });
});

test('depth counts steps below the root', () => {
  expect(['/', '/kubepods', '/kubepods/burstable'].map(depthOf)).toEqual([0, 1, 2]);
});

test('from any path the way up ends at the root, every step above is an ancestor', () => {
  const part = fc.oneof(fc.constantFrom('/', '//', 'pod', '.slice', '\u0000', '\n'), fc.string({ maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const path = `/${parts.join('')}`;
      expect(depthOf(path)).toBeGreaterThanOrEqual(0);
      let above = parentOf(path);
      for (let steps = 0; typeof above === 'string'; steps += 1) {
        expect(steps).toBeLessThanOrEqual(path.length);
        expect(path.startsWith(above)).toBe(true);
        expect(above).not.toBe(path);
        above = parentOf(above);
      }
    }),
    { numRuns: 500 },
  );
});
