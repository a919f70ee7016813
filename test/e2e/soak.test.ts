import { expect, test } from 'vitest';
import { soak } from '../soak/run.ts';
import { formatSummary } from '../soak/summary.ts';

/** What takes longest is left to `npm run soak`. */
const LEFT_OUT = [
  'a fast file blocks',
  'sampler process out of memory',
  'terminal takes nothing for 3 s, then goes on',
  'a file comes late',
  'sampler process stopped and continued',
];

/** A minute, mostly; but a fault from which nothing recovers is told only after its patience has run out. */
const TIMEOUT_MS = 600_000;

test('a short soak: nothing is lost, wrong or left behind', { timeout: TIMEOUT_MS }, async () => {
  const seed = Math.floor(Math.random() * 1e9);
  // Said as it goes: the test may run into its timeout, and then this is all that there is.
  console.log(`seed ${seed}`);
  const summary = await soak({ minutes: 0, seed, leaveOut: LEFT_OUT, onLine: (line) => console.log(line) });
  console.log(formatSummary(summary));
  expect(summary.problems, `seed ${seed}`).toEqual([]);
});
