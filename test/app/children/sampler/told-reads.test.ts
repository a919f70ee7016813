import { expect, test } from 'vitest';
import { ToldReads } from '../../../../src/app/children/sampler/told-reads.ts';
import { missing } from '../../../../src/core/missing.ts';

const AT = { at: 1_764_000_000_000, monotonicSeconds: 100 };

const read = (path: string, wallSeconds: number) => ({
  ...{ path, file: 'memory.stat' as const, wallSeconds, cpuSeconds: wallSeconds, systemSeconds: wallSeconds },
  stat: missing('unsupported'),
});

test('leaves that were read before it do not keep a slow ancestor from being told', () => {
  const told = new ToldReads();
  for (let leaf = 0; leaf < 200; leaf += 1) told.take(read(`/kubepods/pod${leaf}`, 0.0003), AT);
  told.take(read('/kubepods', 2.06), AT);
  expect(told.reads.length).toBeLessThan(100);
  expect(told.reads[0]).toEqual({
    ...{ path: '/kubepods', file: 'memory.stat', wallSeconds: 2.06, cpuSeconds: 2.06, atEpochMs: AT.at },
  });
});

test('of a file the latest read is told, and none of one that is gone', () => {
  const told = new ToldReads();
  told.take(read('/kubepods', 2.06), AT);
  told.take(read('/kubepods', 0.02), { at: AT.at + 1000, monotonicSeconds: 101 });
  expect(told.reads).toMatchObject([{ wallSeconds: 0.02, atEpochMs: AT.at + 1000 }]);
  told.take({ ...read('/kubepods', 1), wallSeconds: missing('gone') }, AT);
  expect(told.reads).toEqual([]);
});
