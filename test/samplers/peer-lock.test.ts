import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { parseLockContent } from '../../src/samplers/peer-lock.ts';
import { leavesOf } from '../support/leaves.ts';
import { nonsense } from '../support/nonsense.ts';

const HOLDER = {
  pid: 1342,
  startTicks: 4242,
  sinceEpochMs: 1_764_000_000_000,
  budgetPct: 2,
  reads: [{ path: '/', file: 'memory.stat', wallSeconds: 9, atEpochMs: 1_764_000_000_000 }],
};

test('what the holder wrote', () => {
  expect(parseLockContent(`${JSON.stringify(HOLDER)}\n`)).toEqual(HOLDER);
  expect(parseLockContent('')).toMatchObject({ unavailable: 'malformed' });
});

test('anybody can write anything there: it is the content or malformed', () => {
  fc.assert(
    fc.property(fc.oneof(nonsense(JSON.stringify(HOLDER)), fc.json()), (text) => {
      const content = parseLockContent(text);
      if (isMissing(content)) expect(content.unavailable).toBe('malformed');
      else expect(content).toMatchObject({ pid: expect.any(Number), reads: expect.any(Array) });
    }),
  );
});

test('its numbers are finite, and its times are dates: whoever may write there must not end the screen', () => {
  const number = fc.constantFrom('0', '-1', '1e999', '-1e999', '1e300', '8.65e15', '9', '1764000000000');
  fc.assert(
    fc.property(number, number, number, number, number, number, (pid, ticks, since, budget, seconds, at) => {
      const read = `{"path":"/","file":"memory.stat","wallSeconds":${seconds},"cpuSeconds":${seconds},"atEpochMs":${at}}`;
      const content = parseLockContent(
        `{"pid":${pid},"startTicks":${ticks},"sinceEpochMs":${since},"budgetPct":${budget},"reads":[${read}]}`,
      );
      if (isMissing(content)) return;
      for (const { value } of leavesOf(content)) {
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      }
      for (const { atEpochMs } of content.reads) expect(Number.isNaN(new Date(atEpochMs).getTime())).toBe(false);
    }),
  );
});
