import { expect, test } from 'vitest';
import { type Maybe, missing } from '../../src/core/missing.ts';
import { heldBytes, residues } from '../../src/samplers/held-by-dying.ts';
import type { WalkRow } from '../../src/samplers/walk.ts';

const MIB = 1024 * 1024;

const noKmem = missing('unsupported', 'cgroup v2 counts slab in memory.stat only');

function v2(path: string, usageBytes: Maybe<number>, children: number, dyingBelow: number): WalkRow {
  return { path, usageBytes, kmemBytes: noKmem, children, dyingBelow, hasProcesses: false };
}

function v1(path: string, usageBytes: number, kmemBytes: number, children: number): WalkRow {
  const dyingBelow = missing('unsupported', 'v1');
  return { path, usageBytes, kmemBytes, children, dyingBelow, hasProcesses: false };
}

test('a parent holds what its live children do not account for', () => {
  const found = residues([v1('/a', 9 * MIB, 5 * MIB, 2), v1('/a/b', 2 * MIB, MIB, 0), v1('/a/c', MIB, 0, 0)]);
  expect(found.get('/a')).toEqual({ kmemBytes: 4 * MIB, pageBytes: 2 * MIB });
});

test('on v2 it holds nothing where the kernel says that none is dying', () => {
  const alive = residues([v2('/a', 9 * MIB, 1, 0), v2('/a/b', MIB, 0, 0)]).get('/a');
  const dying = residues([v2('/a', 9 * MIB, 1, 3), v2('/a/b', MIB, 0, 0)]).get('/a');
  expect(alive?.pageBytes).toBe(0);
  expect(dying?.pageBytes).toBe(8 * MIB);
});

test('what a live child without the controller uses is not held by the dying', () => {
  const without = missing('disabled', 'no memory controller here');
  const found = residues([v2('/a', 9 * MIB, 2, 3), v2('/a/b', MIB, 0, 0), v2('/a/c', without, 0, 0)]).get('/a');
  expect(found?.pageBytes).toMatchObject({ unavailable: 'disabled' });
  expect(found === undefined ? 0 : heldBytes(found)).toBe(0);
});

test('a child that went away meanwhile is not missed', () => {
  const found = residues([v2('/a', 9 * MIB, 2, 3), v2('/a/b', MIB, 0, 0), v2('/a/c', missing('gone'), 0, 0)]);
  expect(found.get('/a')?.pageBytes).toBe(8 * MIB);
});
