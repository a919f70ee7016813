import { expect, test } from 'vitest';
import { Pace } from '../../src/samplers/rhythm.ts';

const RHYTHM = { periodSeconds: 10, share: 0.01, mostSeconds: 600 };

/** Runs at `at`, of so much CPU time, and the seconds until the next. */
function restAfter(pace: Pace, at: number, cpuSeconds: number, rhythm = RHYTHM): number {
  pace.ran(rhythm, at, at + cpuSeconds, cpuSeconds);
  return Math.round(pace.inSeconds(at + cpuSeconds));
}

test('one dear run among cheap ones buys no long rest: the median paces', () => {
  const pace = new Pace();
  for (let at = 0; at < 40; at += 10) restAfter(pace, at, 0.01);
  expect(restAfter(pace, 40, 2)).toBeLessThanOrEqual(10);
  expect(pace.because).toBe('period');
});

test('runs that are all dear are kept within their share', () => {
  const pace = new Pace();
  let at = 0;
  for (let run = 0; run < 5; run += 1) at += 2 + restAfter(pace, at, 2);
  expect(restAfter(pace, at, 2)).toBe(200);
  expect(pace.because).toBe('budget');
});

test('what need not wait for its period rests for its cost all the same', () => {
  const cheap = new Pace(1);
  restAfter(cheap, 0, 0.01);
  cheap.skipPeriod();
  expect(cheap.isDue(0.5)).toBe(false);
  expect(cheap.isDue(2)).toBe(true);
  const dear = new Pace(1);
  restAfter(dear, 0, 2);
  dear.skipPeriod();
  expect(dear.isDue(200)).toBe(false);
  expect(dear.isDue(203)).toBe(true);
});

test('however dear the first run was, the rest has an end', () => {
  expect(restAfter(new Pace(), 0, 100, { ...RHYTHM, mostSeconds: 30 })).toBe(30);
});

test('where every run stands for itself, each is paid for with a rest of its own', () => {
  const pace = new Pace(1);
  restAfter(pace, 0, 0.01);
  expect(restAfter(pace, 10, 2)).toBe(200);
});

test('a clock that went back is not waited for', () => {
  const pace = new Pace();
  pace.ran(RHYTHM, 3600, 3601, 0.01);
  expect(pace.isDue(3601)).toBe(false);
  expect(pace.isDue(100)).toBe(true);
});
