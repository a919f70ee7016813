import { expect, test } from 'vitest';
import { type CallTree, deriveCallTree } from '../../src/profile/call-tree.ts';
import { callersOf, layOutFlame } from '../../src/profile/flame.ts';
import { layOutColumns } from '../../src/profile/flame-columns.ts';
import { searchFunctions } from '../../src/profile/flame-search.ts';
import { functionKind } from '../../src/profile/function-kind.ts';
import { decoded } from '../support/decoded.ts';
import { capturedProfile, madeProfile } from '../support/profiles.ts';

test('callees hang below their caller, largest first, and leave its self time free', () => {
  const tree = treeOf([
    [['main', 'small'], 1],
    [['main', 'large', 'leaf'], 5],
    [['main'], 4],
  ]);
  const frames = layOutFlame(tree, { narrowest: 0 }).frames.map(({ name, row, left, width }) => ({
    name,
    row,
    left,
    width,
  }));
  expect(frames).toEqual([
    { name: 'all', row: 0, left: 0, width: 1 },
    { name: 'main', row: 1, left: 0, width: 1 },
    { name: 'large', row: 2, left: 0, width: 0.5 },
    { name: 'small', row: 2, left: 0.5, width: 0.1 },
    { name: 'leaf', row: 3, left: 0, width: 0.5 },
  ]);
});

test('a zoomed frame takes the full width, its callers stay above it, shares stay those of the profile', () => {
  const tree = treeOf([
    [['main', 'large', 'leaf'], 3],
    [['main', 'other'], 7],
  ]);
  const zoom = nodeOf(tree, 'large');
  const { frames } = layOutFlame(tree, { zoom, narrowest: 0 });
  expect(frames.map(({ name, row, width, share, above }) => [name, row, width, share, above])).toEqual([
    ['all', 0, 1, 1, true],
    ['main', 1, 1, 1, true],
    ['large', 2, 1, 0.3, false],
    ['leaf', 3, 1, 0.3, false],
  ]);
  expect(callersOf(tree, zoom).map((node) => tree.functions[tree.functionOf[node] ?? 0] ?? 'all')).toEqual([
    'all',
    'main',
  ]);
});

test('what is too narrow is left out and counted', () => {
  const tree = treeOf([
    [['main', 'wide'], 97],
    [['main', 'thin', 'below'], 2],
    [['main', 'thinner'], 1],
  ]);
  const flame = layOutFlame(tree, { narrowest: 0.05 });
  expect(flame.frames.map((frame) => frame.name)).toEqual(['all', 'main', 'wide']);
  expect(flame.hiddenFrames).toBe(2);
  expect(flame.hiddenShare).toBeCloseTo(0.03);
});

test.each([20, 80, 160])('at %i columns no cell overlaps its neighbour or sticks out of its caller', (columns) => {
  const tree = deriveCallTree(decoded(capturedProfile()));
  const { lines } = layOutColumns(tree, { zoom: 0, columns });
  expect(lines[0]).toMatchObject([{ from: 0, to: columns }]);
  for (const [row, line] of lines.entries()) {
    for (const [place, cell] of line.entries()) {
      expect(cell.to).toBeGreaterThan(cell.from);
      expect(cell.from).toBeGreaterThanOrEqual(line[place - 1]?.to ?? 0);
      if (row === 0) continue;
      const caller = lines[row - 1]?.find((above) => above.frame.node === tree.parent[cell.frame.node]);
      expect(caller?.from).toBeLessThanOrEqual(cell.from);
      expect(caller?.to).toBeGreaterThanOrEqual(cell.to);
    }
  }
});

test('a search counts a stack once in which several functions match', () => {
  const tree = deriveCallTree(decoded(capturedProfile()));
  const found = searchFunctions(tree, (name) => name.includes('containerData).housekeeping'));
  expect(found.names.size).toBe(2);
  expect(found.share).toBeCloseTo(0.574, 3);
  expect(searchFunctions(tree, () => false)).toEqual({ names: new Set(), share: 0 });
});

test.each([
  ['runtime/internal/syscall.Syscall6', 'system-call'],
  ['internal/runtime/syscall.Syscall6', 'system-call'],
  ['syscall.Syscall', 'system-call'],
  ['k8s.io/kubernetes/vendor/golang.org/x/sys/unix.Statfs', 'system-call'],
  ['runtime.mallocgc', 'runtime'],
  ['k8s.io/kubernetes/vendor/github.com/google/cadvisor/manager.(*manager).Start', 'cadvisor'],
  ['github.com/opencontainers/cgroups/fs.(*Manager).GetStats', 'cadvisor'],
  ['k8s.io/kubernetes/pkg/kubelet.(*Kubelet).Run', 'kubelet'],
  ['net/http.(*conn).serve', 'other'],
])('%s is %s', (name, kind) => {
  expect(functionKind(name)).toBe(kind);
});

function treeOf(stacks: Parameters<typeof madeProfile>[0]): CallTree {
  return deriveCallTree(decoded(madeProfile(stacks)));
}

function nodeOf(tree: CallTree, name: string): number {
  return [...tree.functionOf].findIndex((index) => tree.functions[index] === name);
}
