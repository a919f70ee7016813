import { expect, test } from 'vitest';
import type { KubeletModel } from '../../../src/model/model.ts';
import { all, aNode, aRead, findingOf, MISSING, textOf, withKubelet, withReads } from '../a-node.ts';

const node = (kubelet: Partial<KubeletModel>, ...reads: readonly ReturnType<typeof aRead>[]) =>
  findingOf('kubelet-attribution', aNode(all(withKubelet(kubelet), withReads(...reads))));

test('one loop for each cgroup: c / (c + T), summed, with the arithmetic', () => {
  // 9 / (9 + 10) + 8 / (8 + 10) = 47.37 % + 44.44 % = 91.81 % of a core, of 100 % observed.
  const finding = node({ cpuPct: 110, systemPct: 100 }, aRead(9), aRead(8, { path: '/kubepods' }));
  expect(finding.severity).toBe('critical');
  expect(textOf(finding)).toBe(
    [
      "reads of cgroup files explain 91.8 % of kubelet's system CPU of 100.0 %",
      "kubelet's command line has no --housekeeping-interval: its default of 10.0 s is taken",
      '/: 9.00 s / (9.00 s + 10.0 s) = 47.4 % of a core',
      '/kubepods: 8.00 s / (8.00 s + 10.0 s) = 44.4 % of a core',
      'together 91.8 % of 100.0 % observed',
    ].join('\n'),
  );
});

test('never more than was observed', () => {
  const finding = node({ systemPct: 40 }, aRead(9), aRead(8, { path: '/kubepods' }));
  expect(finding.severity).toBe('warning');
  expect(textOf(finding)).toContain('explain 100.0 % of');
  expect(textOf(finding)).toContain('together 91.8 %, more than the 40.0 % observed: counted as 40.0 %');
});

test("kubelet's own interval is taken where it stands on the command line", () => {
  // 1 / (1 + 1) = 50 %.
  expect(textOf(node({ systemPct: 90, housekeepingSeconds: 1 }, aRead(1)))).toContain('= 50.0 % of a core');
});

test('the usage of the root is a second walk; numa_stat counts only where kubelet was seen with it', () => {
  const usage = aRead(1, { file: 'memory.usage_in_bytes' });
  const numa = aRead(2, { file: 'memory.numa_stat' });
  expect(textOf(node({}, aRead(1), usage, numa))).toContain('/: 2.00 s /');
  const held = {
    pid: 1342,
    comm: 'kubelet',
    file: '/sys/fs/cgroup/memory/memory.numa_stat',
    openPct: 20,
    openNow: true,
  };
  expect(textOf(node({ heldFiles: [held] }, aRead(1), usage, numa))).toContain('/: 4.00 s /');
});

test('cgroups that kubelet does not read are left out', () => {
  expect(textOf(node({}, aRead(1), aRead(5, { path: '/system.slice' })))).not.toContain('system.slice');
});

test('on both sides of half', () => {
  // 4 / (4 + 6) = 40 %.
  expect(node({ systemPct: 80, housekeepingSeconds: 6 }, aRead(4)).severity).toBe('warning');
  const not = node({ systemPct: 80.1, housekeepingSeconds: 6 }, aRead(4));
  expect(not.severity).toBe('info');
  expect(textOf(not)).toContain('do not explain');
});

test('a kubelet that is not hot has nothing to explain', () => {
  expect(node({ systemPct: 19.9 }, aRead(9)).severity).toBe('ok');
  expect(node({ systemPct: 20 }, aRead(9)).severity).toBe('warning');
});

test('unknown without kubelet, without its CPU time, without a read of the root', () => {
  expect(findingOf('kubelet-attribution', aNode(withReads(aRead(9)))).severity).toBe('unknown');
  expect(node({ systemPct: MISSING }, aRead(9)).reason).toEqual(MISSING);
  expect(node({}, aRead(9, { path: '/kubepods' })).severity).toBe('unknown');
  expect(node({ systemPct: Number.NaN }, aRead(9)).severity).toBe('unknown');
});
