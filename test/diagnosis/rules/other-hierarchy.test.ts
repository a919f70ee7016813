import { expect, test } from 'vitest';
import type { ControllerModel, Model } from '../../../src/model/model.ts';
import { aNode, findingOf, MISSING, textOf } from '../a-node.ts';

const node = (controllers: Model['node']['controllers'], live: Model['memcg']['live'] = 200) =>
  findingOf(
    'other-hierarchy',
    aNode((model) => ({ ...model, node: { ...model.node, controllers }, memcg: { ...model.memcg, live } })),
  );

const rows = (blkio: number): ControllerModel[] => [
  { name: 'memory', hierarchy: 1, cgroups: 50_000 },
  { name: 'blkio', hierarchy: 2, cgroups: blkio },
  { name: 'cpu', hierarchy: 3, cgroups: 220 },
  { name: 'cpuacct', hierarchy: 3, cgroups: 220 },
];

test('on both sides: a thousand more than are live', () => {
  expect(node(rows(1199)).severity).toBe('ok');
  expect(node(rows(1200)).severity).toBe('warning');
  expect(textOf(node(rows(1200)))).toContain('the blkio hierarchy holds 1,200 cgroups');
});

test('on a large node: twice as many', () => {
  expect(node(rows(9999), 5000).severity).toBe('ok');
  expect(node(rows(10_000), 5000).severity).toBe('warning');
});

test("memory's own hierarchy is not another one", () => {
  expect(node([{ name: 'memory', hierarchy: 1, cgroups: 50_000 }]).severity).toBe('ok');
});

test('unknown where the counts are missing', () => {
  expect(node(MISSING).reason).toEqual(MISSING);
  expect(node(rows(5000), MISSING).reason).toEqual(MISSING);
});
