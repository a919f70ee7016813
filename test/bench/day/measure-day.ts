import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { NODE_FLAGS } from '../../support/program.ts';
import { lineThrough } from '../../support/slope.ts';

const run = promisify(execFile);

const LOADER = fileURLToPath(new URL('../typescript.mjs', import.meta.url));
const SIMULATE = fileURLToPath(new URL('./simulate.ts', import.meta.url));

/** By then the last hour of reads that is kept in memory is full. */
const WARM_UP_HOURS = 2;

/** What the simulating process occupied at one moment, after garbage was collected. */
export interface MemoryReading {
  /** Simulated, since the day began. */
  readonly hours: number;
  readonly heapUsedBytes: number;
  readonly rssBytes: number;
}

/** What the simulating process tells. */
export interface DayReport {
  readonly ticks: number;
  readonly cpuSeconds: number;
  readonly readings: readonly MemoryReading[];
}

/** A figure through the day, from the end of the warm-up on. */
export interface Trend {
  readonly firstBytes: number;
  readonly lastBytes: number;
  /** Least squares, per simulated hour. */
  readonly bytesPerHour: number;
  /** The standard error of that. */
  readonly noiseBytesPerHour: number;
}

/** A simulated day of both processes' work in one. */
export interface Day {
  readonly ticks: number;
  readonly cpuSeconds: number;
  readonly heap: Trend;
  readonly rss: Trend;
}

/**
 * Has a process of its own do, as fast as it can, what sampler process and screen do in 24 hours at an interval of
 * 20 s, and says whether its memory grew.
 */
export async function measureDay(): Promise<Day> {
  const { stdout } = await run(process.execPath, [...NODE_FLAGS, '--expose-gc', '--import', LOADER, SIMULATE]);
  const { ticks, cpuSeconds, readings }: DayReport = JSON.parse(stdout);
  const warm = readings.filter(({ hours }) => hours >= WARM_UP_HOURS);
  return {
    ticks,
    cpuSeconds,
    heap: trendOf(warm.map(({ hours, heapUsedBytes }) => [hours, heapUsedBytes])),
    rss: trendOf(warm.map(({ hours, rssBytes }) => [hours, rssBytes])),
  };
}

function trendOf(points: readonly (readonly [hours: number, bytes: number])[]): Trend {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) throw new Error('the simulated day ended before it was warm');
  const { slope, standardError } = lineThrough(points);
  return { firstBytes: first[1], lastBytes: last[1], bytesPerHour: slope, noiseBytesPerHour: standardError };
}
