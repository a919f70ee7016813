import { expect, test } from 'vitest';
import { History } from '../../../src/model/history.ts';
import type { Model } from '../../../src/model/model.ts';
import { aNode, findingOf, MISSING, textOf } from '../a-node.ts';

const GIB = 1024 ** 3;
const node = aNode((model) => ({
  ...model,
  node: { ...model.node, memoryTotalBytes: 10 * GIB, memoryAvailableBytes: 2 * GIB },
  slab: { ...model.slab, totalBytes: GIB },
}));

const grown = (bytes: number, seconds = 3600) => {
  const history = new History();
  history.of('slab.totalBytes').push(0, GIB);
  history.of('slab.totalBytes').push(seconds, GIB + bytes);
  return findingOf('slab-growth', node, history);
};

test('on both sides of a tenth of memory a day', () => {
  expect(grown(GIB / 24 - 1000).severity).toBe('ok');
  const finding = grown(GIB / 24);
  expect(finding.severity).toBe('warning');
  expect(textOf(finding)).toContain('slab grows by 1.00 GiB a day, 10.0 % of memory');
  expect(textOf(finding)).toContain('memory is full in 2 d');
});

test('slab that shrinks is fine', () => {
  expect(textOf(grown(-GIB / 24))).toContain('slab shrinks by 1.00 GiB a day');
});

test('unknown before five minutes, across a gap, and where values are missing', () => {
  expect(grown(GIB, 299).severity).toBe('unknown');
  expect(grown(GIB, 300).severity).toBe('warning');
  expect(findingOf('slab-growth', node).severity).toBe('unknown');
  const history = new History();
  history.of('slab.totalBytes').push(0, GIB);
  history.gap(200);
  history.of('slab.totalBytes').push(400, 2 * GIB);
  expect(findingOf('slab-growth', node, history).severity).toBe('unknown');
  const blind = { ...node, node: { ...node.node, memoryTotalBytes: MISSING } };
  expect(findingOf('slab-growth', blind).reason).toEqual(MISSING);
});

test('caches that fill again after a drop are no leak; past the level before it growth is judged', () => {
  const at = node.instant.at;
  const dropped: Model = {
    ...node,
    instant: { at, monotonicSeconds: 10_000 },
    events: [{ kind: 'drop-by-other', at: at - 600_000, monotonicSeconds: 9_400, slabDrops: 1, pageCacheDrops: 0 }],
  };
  const filledTo = (bytes: number) => {
    const history = new History();
    history.of('slab.totalBytes').push(9_000, GIB);
    history.of('slab.totalBytes').push(9_399, GIB);
    history.of('slab.totalBytes').push(9_401, GIB / 4);
    history.of('slab.totalBytes').push(10_000, bytes);
    return findingOf('slab-growth', dropped, history);
  };
  expect(filledTo(0.9 * GIB)).toMatchObject({ severity: 'unknown', reason: { unavailable: 'warming-up' } });
  const past = filledTo(1.5 * GIB);
  expect(past.severity).toBe('warning');
  expect(textOf(past)).toContain('slab grows by 72.0 GiB a day');
});
