import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseCgroups } from '../../../src/sources/proc/cgroups.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const REAL = textOfLinux618('/proc/cgroups');

test('a 6.18 kernel', () => {
  const { value, issues } = parseCgroups(REAL);
  expect(issues).toEqual([]);
  expect(value).toHaveLength(12);
  expect(value).toContainEqual({ name: 'memory', hierarchy: 4, cgroups: 27 });
  expect(value).toContainEqual({ name: 'net_cls', hierarchy: 0, cgroups: 1 });
});

test('the sick 4.4.155 node', () => {
  expect(parseCgroups(incident('proc/cgroups')).value).toContainEqual({
    name: 'memory',
    hierarchy: 1,
    cgroups: 20082,
  });
});

test('a kernel without CONFIG_MEMCG_V1 has no memory row, and one with cgroup_disable=memory a disabled one', () => {
  expect(parseCgroups('#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t0\t9\t1\n')).toEqual({
    value: [{ name: 'cpu', hierarchy: 0, cgroups: 9 }],
    issues: [],
  });
  expect(parseCgroups('memory\t0\t1\t0\n').value).toEqual([{ name: 'memory', hierarchy: 0, cgroups: 1 }]);
});

test('rows that are torn or hold no count are issues, the others stay', () => {
  const { value, issues } = parseCgroups('cpu\t1\t2\t1\npids\t1\t-2\t1\nmemory\t1\n\u001b\t1\t1\t1\nblkio\t6\t18');
  expect(value).toEqual([{ name: 'cpu', hierarchy: 1, cgroups: 2 }]);
  expect(issues.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
});

test('nothing of the file is malformed', () => {
  expect(parseCgroups('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(REAL), (text) => {
      const { value, issues } = parseCgroups(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
