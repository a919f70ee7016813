import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCgroupProcs } from '../../../src/sources/cgroup/cgroup-procs.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';

test('the root of the captured 4.4 machine', () => {
  const text = readFileSync(`${captured('incident')}/sys/fs/cgroup/memory/cgroup.procs`, 'utf8');
  const { value, issues } = parseCgroupProcs(text);
  expect(issues).toEqual([]);
  expect(value).toHaveLength(text.split('\n').length - 1);
  expect(value).toContain(1);
});

test('a cgroup without processes is empty, not missing', () => {
  expect(parseCgroupProcs('')).toEqual({ value: [], issues: [] });
});

test('processes outside the pid namespace are 0', () => {
  expect(parseCgroupProcs('0\n17\n0\n').value).toEqual([0, 17, 0]);
});

test('a torn pid and a word are issues, and no pids', () => {
  const { value, issues } = parseCgroupProcs('17\nx\n-3\n18');
  expect(value).toEqual([17]);
  expect(issues.map(({ line }) => line)).toEqual([2, 3, 4]);
});

test('never throws, and has only pids', () => {
  fc.assert(
    fc.property(nonsense('1\n2\n1342\n'), (text) => {
      const { value } = parseCgroupProcs(text);
      return Array.isArray(value) && value.every((pid) => Number.isSafeInteger(pid) && pid >= 0);
    }),
  );
});
