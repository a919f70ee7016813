import { expect, test } from 'vitest';
import { PodNames } from '../../src/model/pod-names.ts';
import { ReadsLog } from '../../src/model/reads-log.ts';

const pods = new PodNames();
const instant = (at: number) => ({ at, monotonicSeconds: at / 1000 });
const memory = { version: 'v1', mount: '/sys/fs/cgroup/memory', path: '/' } as const;
const root = { path: '/', file: 'memory.stat' } as const;

function ours(log: ReadsLog, at: number, wallSeconds: number): void {
  const read = { ...root, wallSeconds, cpuSeconds: wallSeconds, systemSeconds: wallSeconds };
  const sample = { reads: [{ ...read, stat: { unavailable: 'absent' } as const }] };
  const run = { started: instant(at), ended: instant(at), cpuSeconds: wallSeconds, sample };
  log.take({ topic: 'statReads', args: { memory, targets: [root], asked: false }, ...run }, pods);
}

function told(log: ReadsLog, at: number, wallSeconds: number): void {
  const reads = [{ ...root, wallSeconds, atEpochMs: at }];
  const holder = { pid: 1, startTicks: 1, sinceEpochMs: 0, budgetPct: 2, reads };
  const run = { started: instant(at), ended: instant(at), cpuSeconds: 0, sample: { holder } };
  log.takeOthers({ topic: 'neighbour', args: { lockFile: '/run/x.lock' }, ...run }, pods);
}

test('a read of our own is not replaced by an older one that another instance tells', () => {
  const log = new ReadsLog();
  ours(log, 100_000, 3);
  told(log, 70_000, 0.001);
  expect(log.reads).toMatchObject([{ wallSeconds: 3, byOther: false }]);
  told(log, 120_000, 4);
  expect(log.reads).toMatchObject([{ wallSeconds: 4, byOther: true }]);
});

test('what another instance told is forgotten once nobody tells it any more', () => {
  const log = new ReadsLog();
  told(log, 70_000, 2);
  log.aloneNow();
  expect(log.reads).toEqual([]);
});
