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

test('a short soak: nothing is lost, wrong or left behind', async () => {
  const seed = Math.floor(Math.random() * 1e9);
  const lines: string[] = [];
  const summary = await soak({ minutes: 0, seed, leaveOut: LEFT_OUT, onLine: (line) => lines.push(line) });
  console.log(formatSummary(summary));
  expect(summary.problems, `seed ${seed}:\n${lines.join('\n')}`).toEqual([]);
});
