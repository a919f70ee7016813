import { expect, test } from 'vitest';
import { CarriedRuns } from '../../src/recording/carried-runs.ts';
import { encodeRun, runHead } from '../../src/recording/run-codec.ts';

function runAt(monotonicSeconds: number, topic: string, args: string, text = ''): Uint8Array {
  const instant = { at: 1_790_000_000_000 + monotonicSeconds * 1000, monotonicSeconds };
  const readings = [{ question: 'read', path: '/x', text }] as const;
  return encodeRun({ topic, args, started: instant, ended: instant, cpuSeconds: 0, readings });
}

const names = (runs: CarriedRuns) => runs.all().map((run) => `${runHead(run).topic} ${runHead(run).args}`);

test('a run takes the place of the one before it, by topic, or by topic and arguments', () => {
  const runs = new CarriedRuns(new Set(['reads']));
  for (const [at, topic, args] of [
    [1, 'memory', 'a'],
    [2, 'reads', '/a'],
    [3, 'reads', '/b'],
    [4, 'memory', 'b'],
    [5, 'reads', '/a'],
  ] as const) {
    runs.remember(runAt(at, topic, args));
  }
  expect(names(runs)).toEqual(['reads /b', 'memory b', 'reads /a']);
});

test('targets that are never read again are forgotten after an hour, what is read once for good is not', () => {
  const runs = new CarriedRuns(new Set(['reads']));
  runs.remember(runAt(0, 'command', 'kubelet'));
  for (let minute = 0; minute < 24 * 60; minute += 1) runs.remember(runAt(minute * 60, 'reads', `/pod${minute}`));
  expect(names(runs)[0]).toBe('command kubelet');
  expect(names(runs)).toHaveLength(1 + 61);
});

test('together they take 16 MiB at most, and the oldest go first', () => {
  const runs = new CarriedRuns(new Set(['reads']));
  for (let at = 0; at < 20; at += 1) runs.remember(runAt(at, 'reads', `/pod${at}`, 'x'.repeat(1024 * 1024)));
  expect(names(runs)).toEqual(Array.from({ length: 15 }, (_, index) => `reads /pod${index + 5}`));
});
