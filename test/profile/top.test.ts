import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { deriveCallTree } from '../../src/profile/call-tree.ts';
import { deriveTop } from '../../src/profile/top.ts';
import { decoded } from '../support/decoded.ts';
import { capturedProfile, madeProfile } from '../support/profiles.ts';

test('names, order, totals and inline marks are those of go tool pprof -top', () => {
  const golden = readFileSync(
    fileURLToPath(new URL('../fixtures/kubelet-1.20.2/profile.top.txt', import.meta.url)),
    'utf8',
  );
  const expected = [...golden.matchAll(/^ *(\d+)(?:ms)? +\S+ +\S+ +(\d+)(?:ms)? +\S+ {2}(.+)$/gm)].map(
    ([, flat, cum, name]) => `${flat} ${cum} ${name}`,
  );
  const marks = { no: '', partly: ' (partial-inline)', always: ' (inline)' };
  const rows = deriveTop(deriveCallTree(decoded(capturedProfile()))).map(
    (row) => `${row.flatNanoseconds / 1e6} ${row.cumNanoseconds / 1e6} ${row.name}${marks[row.inlined]}`,
  );
  expect(expected).toHaveLength(162);
  expect(rows).toEqual(expected);
});

test('a function that calls itself counts once per stack', () => {
  const stacks = madeProfile([
    [['main.main', 'main.walk', 'main.walk', 'main.walk'], 2],
    [['main.main', 'main.walk', 'main.other', 'main.walk'], 3],
  ]);
  const rows = deriveTop(deriveCallTree(decoded(stacks)));
  expect(rows.map((row) => [row.name, row.flatNanoseconds / 1e7, row.cumNanoseconds / 1e7])).toEqual([
    ['main.walk', 5, 5],
    ['main.main', 0, 5],
    ['main.other', 0, 3],
  ]);
});
