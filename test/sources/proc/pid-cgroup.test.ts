import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidCgroup } from '../../../src/sources/proc/pid-cgroup.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const HYBRID = '9:name=systemd:/\n4:memory:/kubepods/pod1\n2:cpu,cpuacct:/\n0::/init.scope\n';

test('kubelet as systemd starts it on 4.4.155', () => {
  const { value, issues } = parsePidCgroup(incident('proc/18698/cgroup'));
  expect(value).toHaveLength(7);
  expect(value).toContainEqual({
    hierarchy: 1,
    controllers: ['memory'],
    path: '/system.slice/kubelet.service',
    deleted: false,
  });
  expect(issues).toEqual([]);
});

test('a hybrid host: a named hierarchy, a pair of controllers, v2', () => {
  expect(parsePidCgroup(HYBRID).value).toEqual([
    { hierarchy: 9, controllers: [], name: 'systemd', path: '/', deleted: false },
    { hierarchy: 4, controllers: ['memory'], path: '/kubepods/pod1', deleted: false },
    { hierarchy: 2, controllers: ['cpu', 'cpuacct'], path: '/', deleted: false },
    { hierarchy: 0, controllers: [], path: '/init.scope', deleted: false },
  ]);
});

test('a cgroup outside of our namespace, colons in a path, a removed cgroup', () => {
  const text = '4:memory:/../../kubepods\n1:cpu:/a:b:c\n0::/gone (deleted)\n3:pids:/kept (deleted)\n';
  expect(parsePidCgroup(text).value).toMatchObject([
    { path: '/../../kubepods' },
    { path: '/a:b:c' },
    { path: '/gone', deleted: true },
    { path: '/kept (deleted)', deleted: false },
  ]);
});

test('lines of another form are issues, the others stay', () => {
  const { value, issues } = parsePidCgroup('x:cpu:/\n4:memory:/a\n5:pids\n-1:pids:/\n6:pids:relative\n7:pids:/tor');
  expect(value).toEqual([{ hierarchy: 4, controllers: ['memory'], path: '/a', deleted: false }]);
  expect(issues.map(({ line }) => line)).toEqual([1, 3, 4, 5, 6]);
});

test('nothing of the file is malformed', () => {
  expect(parsePidCgroup('')).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(HYBRID), (text) => {
      const { value, issues } = parsePidCgroup(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
