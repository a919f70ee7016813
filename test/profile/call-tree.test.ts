import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallTree, deriveCallTree } from '../../src/profile/call-tree.ts';
import { encodeFolded } from '../../src/profile/folded.ts';
import { decoded } from '../support/decoded.ts';
import { capturedProfile, madeProfile } from '../support/profiles.ts';

const stack = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 });
const stacks = fc.array(fc.tuple(stack, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 30 });

test('the tree holds every stack once, with the sum of its samples', () => {
  fc.assert(
    fc.property(stacks, (made) => {
      const tree = deriveCallTree(decoded(madeProfile(made)));
      const expected = new Map<string, number>();
      for (const [names, samples] of made) {
        const key = names.join(';');
        expected.set(key, (expected.get(key) ?? 0) + samples);
      }
      expect(foldedCounts(tree)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

test('a node has the time of its callees and its own, and comes after its caller', () => {
  const tree = deriveCallTree(decoded(capturedProfile()));
  expect(tree.totalNanoseconds[0]).toBe(470_000_000);
  for (let node = 0; node < tree.size; node++) {
    const callees = tree.children.subarray(tree.childStart[node], tree.childStart[node + 1]);
    const below = callees.reduce((sum, callee) => sum + (tree.totalNanoseconds[callee] ?? 0), 0);
    expect(tree.totalNanoseconds[node]).toBe(below + (tree.selfNanoseconds[node] ?? 0));
    for (const callee of callees) {
      expect(tree.parent[callee]).toBe(node);
      expect(callee).toBeGreaterThan(node);
    }
  }
});

test('folded stacks survive names that would break a line', () => {
  const tree = deriveCallTree(decoded(madeProfile([[['main;main', 'new\nline', 'esc\x1b[31m'], 1]])));
  expect(encodeFolded(tree)).toBe('main:main;new?line;esc?[31m 10000\n');
});

test('folded stacks of the captured profile add up to its CPU time in microseconds', () => {
  const lines = encodeFolded(deriveCallTree(decoded(capturedProfile())))
    .trimEnd()
    .split('\n');
  const counts = lines.map((line) => /^[^;]+(?:;[^;]+)* (\d+)$/.exec(line)?.[1]);
  expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(470_000);
});

function foldedCounts(tree: CallTree): Map<string, number> {
  const lines = encodeFolded(tree).trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const [names = '', microseconds] = line.split(' ');
      return [names, Number(microseconds) / 10_000];
    }),
  );
}
