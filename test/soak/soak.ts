import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { soak } from './run.ts';
import { formatSummary } from './summary.ts';

const USAGE = `npm run soak -- [--minutes N] [--seed N] [--json FILE]
  --minutes N   how long faults are made (30)
  --seed N      which faults come when; a random one unless given, and printed
  --json FILE   writes the summary there
`;

const { minutes, seed, json } = readOptions();
process.stderr.write(`seed ${seed}\n`);
const summary = await soak({ minutes, seed, onLine: (line) => process.stderr.write(`${line}\n`) });
process.stdout.write(formatSummary(summary));
if (json !== undefined) {
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(summary, undefined, 2)}\n`);
}
process.exitCode = summary.problems.length === 0 ? 0 : 1;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: 'string', default: '30' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
        json: { type: 'string' },
      },
    });
    return { minutes: numberOf(values.minutes), seed: numberOf(values.seed), json: values.json };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

function numberOf(text: string): number {
  const number = Number(text);
  if (!(number >= 0)) throw new Error(`${text} is not a number from 0`);
  return number;
}
