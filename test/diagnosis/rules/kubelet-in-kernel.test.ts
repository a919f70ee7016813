import { expect, test } from 'vitest';
import type { KubeletModel } from '../../../src/model/model.ts';
import { all, aNode, findingOf, MISSING, textOf, withKubelet } from '../a-node.ts';

const finding = (kubelet: Partial<KubeletModel>, busiestCorePct = 10, busyPct = 10) =>
  findingOf(
    'kubelet-in-kernel',
    aNode(all(withKubelet(kubelet), (model) => ({ ...model, node: { ...model.node, busiestCorePct, busyPct } }))),
  );

test('on both sides of both thresholds', () => {
  expect(finding({ cpuPct: 20, systemPct: 20 }).severity).toBe('warning');
  expect(finding({ cpuPct: 20, systemPct: 19.9 }).severity).toBe('ok');
  expect(finding({ cpuPct: 100, systemPct: 70 }).severity).toBe('warning');
  expect(finding({ cpuPct: 100, systemPct: 69.9 }).severity).toBe('ok');
});

test('a full core on a machine that looks idle is said', () => {
  expect(textOf(finding({}, 90, 49))).toContain('a core is full (90.0 %) while the node seems idle (49.0 % busy)');
  expect(textOf(finding({}, 89, 49))).not.toContain('a core is full');
  expect(textOf(finding({}, 90, 50))).not.toContain('a core is full');
});

test('unknown without kubelet or its CPU time', () => {
  expect(findingOf('kubelet-in-kernel', aNode()).severity).toBe('unknown');
  expect(finding({ cpuPct: MISSING }).reason).toEqual(MISSING);
  expect(finding({ systemPct: -3 }).severity).toBe('unknown');
});
