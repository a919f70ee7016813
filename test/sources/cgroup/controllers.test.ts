import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseControllers } from '../../../src/sources/cgroup/controllers.ts';
import { nonsense } from '../../support/nonsense.ts';

test('the root of a v2 hierarchy on 6.1', () => {
  const text = 'cpuset cpu io memory hugetlb pids rdma misc\n';
  expect(parseControllers(text).value).toEqual(['cpuset', 'cpu', 'io', 'memory', 'hugetlb', 'pids', 'rdma', 'misc']);
});

test('no controller is an empty list, not missing', () => {
  expect(parseControllers('\n')).toEqual({ value: [], issues: [] });
  expect(parseControllers('')).toEqual({ value: [], issues: [] });
});

test('never throws, and has only words', () => {
  fc.assert(
    fc.property(nonsense('cpuset cpu io memory\n'), (text) => {
      const { value } = parseControllers(text);
      return Array.isArray(value) && value.every((word) => /^\S+$/.test(word));
    }),
  );
});
