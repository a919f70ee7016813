import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import type { Drop } from '../../src/model/drop.ts';
import type { Model } from '../../src/model/model.ts';
import { OthersDrops } from '../../src/model/others-drops.ts';
import { aNode, MISSING } from '../diagnosis/a-node.ts';

/** What is known at a second: the kernel's counter of mode 2, and the seconds of noted drops. */
interface Look {
  readonly slab: number;
  readonly noted?: readonly number[];
  readonly drops?: readonly Drop[];
  /** When the notes were read; in this very tick, where it is left out. */
  readonly notedAt?: number;
}

const NODE = aNode();

function looks() {
  const others = new OthersDrops();
  return (second: number, { slab, noted = [], drops = [], notedAt = second }: Look) => {
    const ownDrops = noted.map((at) => ({ at: at * 1000, mode: 2 as const, keptBytes: MISSING, dyingAfter: MISSING }));
    const instant = { at: second * 1000, monotonicSeconds: second };
    const node: Model['node'] = { ...NODE.node, slabDrops: slab, pageCacheDrops: 0, ownDrops };
    return others.take({ node, instant }, drops, notedAt);
  };
}

const NUMBERS = {
  at: 0,
  slabBytes: MISSING,
  dentries: MISSING,
  dying: MISSING,
  heldKmemBytes: MISSING,
  rootReadSeconds: MISSING,
  kubeletSystemPct: MISSING,
};

/** A drop of this instance: begun at a second, and over at another. */
function ours(startedAt: number, doneAt?: number): Drop {
  return {
    id: 'one',
    request: { mode: 2, sync: false },
    startedAt: startedAt * 1000,
    startedMonotonicSeconds: startedAt,
    phase: doneAt === undefined ? 'dropping' : 'done',
    rehearsal: false,
    doneAt: doneAt === undefined ? missing('warming-up') : doneAt * 1000,
    writeSeconds: MISSING,
    before: NUMBERS,
    after: MISSING,
    minuteAfter: MISSING,
  };
}

test("a drop of ours whose write takes minutes is not called somebody else's", () => {
  const look = looks();
  look(1, { slab: 3 });
  const during = { slab: 3, noted: [11], drops: [ours(10)] };
  expect(look(12, during)).toBeUndefined();
  expect(look(149, during)).toBeUndefined();
  // The counter moves at the end of the write; that it is over is told a tick later.
  expect(look(151, { ...during, slab: 4 })).toBeUndefined();
  expect(look(153, { slab: 4, noted: [11], drops: [ours(10, 151)] })).toBeUndefined();
  expect(look(160, { slab: 5, noted: [11], drops: [ours(10, 151)] })).toMatchObject({
    byInstance: false,
    slabDrops: 1,
  });
});

test('the same where it could not be noted', () => {
  const look = looks();
  look(1, { slab: 3, noted: [0.1] });
  look(12, { slab: 3, noted: [0.1], drops: [ours(10)] });
  expect(look(151, { slab: 4, noted: [0.1], drops: [ours(10)] })).toBeUndefined();
});

test("a noted drop that is not of this instance is seen, and is not somebody else's", () => {
  const look = looks();
  look(1, { slab: 3 });
  expect(look(12, { slab: 3, noted: [11] })).toBeUndefined();
  expect(look(151, { slab: 4, noted: [11] })).toEqual({ byInstance: true, slabDrops: 1, pageCacheDrops: 0 });
  expect(look(153, { slab: 4, noted: [11] })).toBeUndefined();
});

test('a move that is seen before the note of it was read waits for that', () => {
  const look = looks();
  look(10, { slab: 3 });
  expect(look(12, { slab: 4, notedAt: 10 })).toBeUndefined();
  expect(look(14, { slab: 4, noted: [11] })).toMatchObject({ byInstance: true, slabDrops: 1 });
});

test('notes that are lost are no drop', () => {
  const look = looks();
  look(1, { slab: 3, noted: [0.1, 0.2] });
  expect(look(3, { slab: 3, noted: [] })).toBeUndefined();
  expect(look(5, { slab: 4, noted: [] })).toMatchObject({ byInstance: false, slabDrops: 1 });
});
