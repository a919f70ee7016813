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
  expect(found.get('/a')).toMatchObject({ kmemBytes: 4 * MIB, pageBytes: 2 * MIB });
});

test('a pod whose containers all died holds what they held', () => {
  expect(residues([v1('/a', 9 * MIB, MIB, 0)]).get('/a')).toMatchObject({ kmemBytes: MIB, pageBytes: 8 * MIB });
});

test('on v2 it holds nothing where the kernel says that none is dying', () => {
  const alive = residues([v2('/a', 9 * MIB, 1, 0), v2('/a/b', MIB, 0, 0)]).get('/a');
  const dying = residues([v2('/a', 9 * MIB, 1, 3), v2('/a/b', MIB, 0, 0)]).get('/a');
  expect(alive?.bothBytes).toBe(0);
  expect(dying?.bothBytes).toBe(8 * MIB);
  // memory.current counts kernel memory too: it is not called pages.
  expect(dying?.pageBytes).toMatchObject({ unavailable: 'unsupported' });
});

test('what a live child without the controller uses is not held by the dying', () => {
  const without = missing('disabled', 'no memory controller here');
  const found = residues([v2('/a', 9 * MIB, 2, 3), v2('/a/b', MIB, 0, 0), v2('/a/c', without, 0, 0)]).get('/a');
  expect(found?.pageBytes).toMatchObject({ unavailable: 'disabled' });
  expect(found === undefined ? 0 : heldBytes(found)).toBe(0);
});

test('a child that went away meanwhile is not missed', () => {
  const found = residues([v2('/a', 9 * MIB, 2, 3), v2('/a/b', MIB, 0, 0), v2('/a/c', missing('gone'), 0, 0)]);
  expect(found.get('/a')?.bothBytes).toBe(8 * MIB);
});

/** As measured on 6.1 with 64 possible CPUs: each live cgroup costs its parent 117 kB. */
const STRUCTURES = 117_000;

test('the structures of live cgroups are not held by the dying', () => {
  const pods = Array.from({ length: 100 }, (_, n) => [
    v1(`/kubepods/pod${n}`, 2 * STRUCTURES, 2 * STRUCTURES, 2),
    v1(`/kubepods/pod${n}/a`, 0, 0, 0),
    v1(`/kubepods/pod${n}/b`, 0, 0, 0),
  ]).flat();
  const own = 300 * STRUCTURES;
  const alive = residues([v1('/kubepods', own, own, 100), ...pods]).get('/kubepods');
  expect(alive).toMatchObject({ kmemBytes: 0, pageBytes: 0 });
  const dying = residues([v1('/kubepods', own + 5 * MIB, own + MIB, 100), ...pods]).get('/kubepods');
  expect(dying).toMatchObject({ kmemBytes: MIB, pageBytes: 4 * MIB });
});

test('on v2 they are told from parents below which none is dying', () => {
  const pods = Array.from({ length: 100 }, (_, n) => [
    v2(`/kubepods/pod${n}`, 2 * STRUCTURES, 2, 0),
    v2(`/kubepods/pod${n}/a`, 0, 0, 0),
    v2(`/kubepods/pod${n}/b`, 0, 0, 0),
  ]).flat();
  const found = residues([v2('/kubepods', 300 * STRUCTURES + 5 * MIB, 100, 7), ...pods]);
  expect(found.get('/kubepods')?.bothBytes).toBe(5 * MIB);
});

test('kernel memory that grew while the walk went on is no page, and no more is held than the parent is charged for', () => {
  const found = residues([v1('/a', 9 * MIB, 2 * MIB, 1), v1('/a/b', 8 * MIB, 7 * MIB, 0)]).get('/a');
  expect(found).toMatchObject({ kmemBytes: -5 * MIB, pageBytes: MIB });
  const more = residues([v1('/a', 9 * MIB, 8 * MIB, 1), v1('/a/b', 0, 8 * MIB, 0)]).get('/a');
  expect(more?.pageBytes).toBe(MIB);
});
