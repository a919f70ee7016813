import { expect, test } from 'vitest';
import { type Maybe, missing } from '../../src/core/missing.ts';
import { DataEvents } from '../../src/model/data-events.ts';
import type { Followed } from '../../src/model/events.ts';
import type { NextProbe, ProbeStatus } from '../../src/samplers/tick.ts';

const values = (total: Maybe<number>): Record<Followed, Maybe<number>> => ({
  'memcg.total': total,
  'memcg.live': missing('warming-up'),
  'slab.totalBytes': 1,
  'dentry.objects': 1,
});

const probes = (inSeconds: number, because: NextProbe['because']): ProbeStatus => ({
  kubelet: missing('absent'),
  next: [{ topic: 'statReads', inSeconds, because }],
  budgetPct: 2,
  spentCpuSeconds: 0,
  lock: 'held',
});

const calm = probes(3, 'period');

test('a value that was never there is not lost; one that was is, once, and comes back', () => {
  const events = new DataEvents();
  expect(events.of(values(missing('denied')), calm)).toEqual([]);
  expect(events.of(values(5), calm)).toEqual([]);
  expect(events.of(values(missing('warming-up')), calm)).toEqual([]);
  expect(events.of(values(missing('denied')), calm)).toEqual([
    { kind: 'data-lost', field: 'memcg.total', reason: 'denied' },
  ]);
  expect(events.of(values(missing('denied')), calm)).toEqual([]);
  expect(events.of(values(6), calm)).toEqual([{ kind: 'data-back', field: 'memcg.total' }]);
});

test('reads that rest long are told once, until they come by their period again', () => {
  const events = new DataEvents();
  const kinds = (next: ProbeStatus) => events.of(values(5), next).map(({ kind }) => kind);
  expect(kinds(probes(59, 'budget'))).toEqual([]);
  expect(kinds(probes(68, 'budget'))).toEqual(['reads-throttled']);
  expect(kinds(probes(2, 'budget'))).toEqual([]);
  expect(kinds(probes(180, 'budget'))).toEqual([]);
  expect(kinds(calm)).toEqual([]);
  expect(kinds(probes(70, 'budget'))).toEqual(['reads-throttled']);
});
