import { expect, test } from 'vitest';
import type { NodeModel } from '../../../src/model/model.ts';
import { aNode, findingOf, MISSING } from '../a-node.ts';

const severity = (more: Partial<NodeModel>) =>
  findingOf(
    'memory-pressure',
    aNode((model) => ({ ...model, node: { ...model.node, ...more } })),
  ).severity;

test('by the pressure that the kernel measures, on both sides', () => {
  expect(severity({ memoryPressurePct: 9.9 })).toBe('ok');
  expect(severity({ memoryPressurePct: 10 })).toBe('warning');
});

test('by what is left where it measures none, on both sides', () => {
  const left = (memoryAvailableBytes: number) =>
    severity({ memoryPressurePct: MISSING, memoryAvailableBytes, memoryTotalBytes: 1000 });
  expect(left(50)).toBe('ok');
  expect(left(49)).toBe('warning');
});

test('unknown where neither is known', () => {
  expect(severity({ memoryPressurePct: MISSING, memoryAvailableBytes: MISSING })).toBe('unknown');
  expect(severity({ memoryPressurePct: -1, memoryAvailableBytes: 1, memoryTotalBytes: MISSING })).toBe('unknown');
});
