// The process that simulates a day; it prints what it used as JSON. See `measure-day.ts`.
import { deserialize, serialize } from 'node:v8';
import { setV8Flags } from '../../../src/app/base/v8-flags.ts';
import type { Chunk } from '../../../src/recording/chunk.ts';
import type { Tick } from '../../../src/samplers/tick.ts';
import type { DayReport, MemoryReading } from './measure-day.ts';
import { DayNode } from './node.ts';
import { DaySampler } from './sampler.ts';
import { DayScreen } from './screen.ts';

const INTERVAL_SECONDS = 20;
const DAY_SECONDS = 24 * 3600;
const READ_MEMORY_SECONDS = 1800;

/** When the simulated day begins. */
const BEGINS_AT = Date.parse('2026-01-01T00:00:00Z');

setV8Flags();
process.stdout.write(JSON.stringify(await simulateDay()));

async function simulateDay(): Promise<DayReport> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('needs --expose-gc');
  const node = new DayNode();
  let seconds = 0;
  const clock = { now: () => BEGINS_AT + seconds * 1000, monotonic: () => seconds };
  const screen = new DayScreen();
  const sampler = new DaySampler(node.root, clock, (chunk) => screen.keep(crossed<Chunk>(chunk)));
  const readings: MemoryReading[] = [];
  let ticks = 0;
  for (; seconds <= DAY_SECONDS; seconds += INTERVAL_SECONDS) {
    node.passTo(seconds);
    if (screen.show(crossed<Tick>(await sampler.tick())) === 0) throw new Error('nothing was drawn');
    ticks += 1;
    if (seconds === 0) screen.fillGraphs(0, INTERVAL_SECONDS);
    if (seconds === 0 || seconds % READ_MEMORY_SECONDS !== 0) continue;
    // What the first collection finalises the second one frees.
    gc();
    gc();
    const { heapUsed, rss } = process.memoryUsage();
    readings.push({ hours: seconds / 3600, heapUsedBytes: heapUsed, rssBytes: rss });
  }
  const { user, system } = process.cpuUsage();
  return { ticks, cpuSeconds: (user + system) / 1e6, readings };
}

/** As it comes out at the other end of the channel between the two processes: nothing is shared. */
function crossed<T>(value: T): T {
  return deserialize(serialize(value));
}
