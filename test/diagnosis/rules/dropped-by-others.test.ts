import { expect, test } from 'vitest';
import { History } from '../../../src/model/history.ts';
import type { Model } from '../../../src/model/model.ts';
import { all, aNode, findingOf, MISSING, textOf } from '../a-node.ts';

const counters =
  (slabDrops: Model['node']['slabDrops'], pageCacheDrops: Model['node']['pageCacheDrops'] = 0) =>
  (model: Model): Model => ({ ...model, node: { ...model.node, slabDrops, pageCacheDrops } });

const dropsSeenAt =
  (...seconds: readonly number[]) =>
  (model: Model): Model => ({
    ...model,
    instant: { at: model.instant.at, monotonicSeconds: 10_000 },
    events: seconds.map((monotonicSeconds) => ({
      kind: 'drop-by-other' as const,
      slabDrops: 1,
      pageCacheDrops: 0,
      at: model.instant.at,
      monotonicSeconds,
    })),
  });

test('clear where nobody dropped', () => {
  expect(findingOf('dropped-by-others', aNode(counters(0))).severity).toBe('ok');
});

test("the kernel's counters tell of drops before we came, less our own", () => {
  const since = findingOf('dropped-by-others', aNode(counters(4, 2)));
  expect(since.severity).toBe('info');
  expect(textOf(since)).toContain('dropped 4 times since boot');
  const drop = { id: 'a', rehearsal: false, phase: 'done', request: { mode: 2, sync: false } } as const;
  const own =
    (rehearsal: boolean) =>
    (model: Model): Model => ({
      ...model,
      drops: [
        {
          ...drop,
          rehearsal,
          startedAt: 0,
          startedMonotonicSeconds: 0,
          doneAt: 0,
          writeSeconds: 1,
          before: numbers,
          after: MISSING,
          minuteAfter: MISSING,
        },
      ],
    });
  expect(findingOf('dropped-by-others', aNode(all(counters(1), own(false)))).severity).toBe('ok');
  expect(findingOf('dropped-by-others', aNode(all(counters(1), own(true)))).severity).toBe('info');
});

test('drops that an earlier instance of this program noted are ours', () => {
  const noted = (model: Model): Model => ({
    ...model,
    node: {
      ...model.node,
      ownDrops: [
        { at: 0, mode: 2, keptBytes: MISSING, dyingAfter: MISSING },
        { at: 1, mode: 3, keptBytes: MISSING, dyingAfter: MISSING },
      ],
    },
  });
  expect(findingOf('dropped-by-others', aNode(all(counters(2, 1), noted))).severity).toBe('ok');
  expect(findingOf('dropped-by-others', aNode(all(counters(3, 1), noted))).severity).toBe('info');
});

test('one drop since boot has no average', () => {
  const text = (times: number) => textOf(findingOf('dropped-by-others', aNode(counters(times))));
  expect(text(1)).not.toContain('on average');
  expect(text(2)).toContain('on average');
});

const numbers = {
  at: 0,
  slabBytes: MISSING,
  dentries: MISSING,
  dying: MISSING,
  heldKmemBytes: MISSING,
  rootReadSeconds: MISSING,
  kubeletSystemPct: MISSING,
};

test('a drop that was seen: how often, and what it freed', () => {
  const history = new History();
  history.of('slab.totalBytes').push(9880, 9 * 1024 ** 3);
  history.of('slab.totalBytes').push(9890, 10 * 1024 ** 3);
  history.of('slab.totalBytes').push(9905, 2 * 1024 ** 3);
  history.of('slab.totalBytes').push(9990, 1024 ** 3);
  const finding = findingOf('dropped-by-others', aNode(dropsSeenAt(2700, 6300, 9900)), history);
  expect(finding.severity).toBe('warning');
  expect(textOf(finding)).toContain('3 times since the start, last 1 min 40 s ago');
  expect(textOf(finding)).toContain('about every 1 h');
  expect(textOf(finding)).toContain('slab went from 10.0 GiB to 2.00 GiB within a minute');
});

test('unknown without the counters', () => {
  expect(findingOf('dropped-by-others', aNode(counters(MISSING))).reason).toEqual(MISSING);
  expect(findingOf('dropped-by-others', aNode(counters(0, MISSING))).reason).toEqual(MISSING);
});
