import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSecondsOf } from './process-tree.ts';
import { type Program, type Session, startSession } from './session.ts';

/** What one program cost, over all its processes. */
export interface Cost {
  /** Milliseconds of CPU per second of wall time. */
  readonly cpuMsPerSecond: number;
  readonly rssBytes: number;
  readonly pssBytes: number;
  readonly terminalBytesPerSecond: number;
  /** Median over the starts. */
  readonly firstFrameMs: number;
  /** The same until all was shown that takes longer to read; where a program shows its first frame without. */
  readonly fullFrameMs?: number;
  /** CPU by process, so that the screen and the sampler of one program can be told apart. */
  readonly processes: readonly { readonly name: string; readonly cpuMsPerSecond: number }[];
  /** Where it was measured several times, so that all else is the median. */
  readonly spread?: Spread;
}

/** The least and the most of several runs. */
interface Spread {
  readonly runs: number;
  readonly cpuMsPerSecond: readonly [least: number, most: number];
  readonly pssBytes: readonly [least: number, most: number];
  readonly firstFrameMs: readonly [least: number, most: number];
}

/** How a program is measured. */
export interface Measuring {
  readonly seconds: number;
  /** How often it is started; the last time it goes on. */
  readonly starts: number;
  /** Pressed once it is there, so that it shows what is to be measured. */
  readonly keys?: string;
}

/** From the first frame to the beginning of the measured time, for what a program does once. */
const SETTLE_MS = 3000;

/** Runs a program for some seconds after it has settled, and says what it cost. */
export async function measureCost(program: Program, { seconds, starts, keys = '' }: Measuring): Promise<Cost> {
  const frames: Frames[] = [];
  for (let start = 1; start < starts; start += 1) {
    const session = startSession(program);
    frames.push(await framesOf(program, session).finally(() => session.end()));
  }
  const session = startSession(program);
  try {
    frames.push(await framesOf(program, session));
    for (const key of keys) session.press(key);
    await sleep(SETTLE_MS);
    return { ...medianOf(frames), ...(await watch(session, seconds)) };
  } finally {
    await session.end();
  }
}

/** The medians of several runs, each by itself, and their spread; the processes are those of the median by CPU. */
export function medianCost(runs: readonly Cost[]): Cost {
  const [first] = runs;
  if (first === undefined) throw new Error('no runs to take the median of');
  const all = (figure: (cost: Cost) => number) => runs.map(figure);
  const median = (figure: (cost: Cost) => number) => percentile(all(figure), 50);
  const ends = (figure: (cost: Cost) => number) => [Math.min(...all(figure)), Math.max(...all(figure))] as const;
  const cpuMsPerSecond = median((cost) => cost.cpuMsPerSecond);
  const full = runs.flatMap(({ fullFrameMs }) => (fullFrameMs === undefined ? [] : [fullFrameMs]));
  return {
    cpuMsPerSecond,
    rssBytes: median((cost) => cost.rssBytes),
    pssBytes: median((cost) => cost.pssBytes),
    terminalBytesPerSecond: median((cost) => cost.terminalBytesPerSecond),
    firstFrameMs: median((cost) => cost.firstFrameMs),
    ...(full.length === 0 ? {} : { fullFrameMs: percentile(full, 50) }),
    processes: (runs.find((cost) => cost.cpuMsPerSecond === cpuMsPerSecond) ?? first).processes,
    spread: {
      runs: runs.length,
      cpuMsPerSecond: ends((cost) => cost.cpuMsPerSecond),
      pssBytes: ends((cost) => cost.pssBytes),
      firstFrameMs: ends((cost) => cost.firstFrameMs),
    },
  };
}

/** Presses keys one after the other and says how long each took until the screen was as wanted, in milliseconds. */
export async function measureKeys(
  session: Session,
  presses: readonly { readonly key: string; readonly shown: (screen: string) => boolean }[],
): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (const { key, shown } of presses) {
    // Off the beat of the ticks, so that keys meet every phase of them.
    await sleep(20 + Math.random() * 40);
    const pressedMs = performance.now();
    session.press(key);
    latenciesMs.push((await session.until(shown)) - pressedMs);
  }
  return latenciesMs;
}

/** The value that `percent` of the values do not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('no values to take a percentile of');
  return value;
}

type Frames = Pick<Cost, 'firstFrameMs' | 'fullFrameMs'>;

async function framesOf({ shown, fullyShown }: Program, session: Session): Promise<Frames> {
  const firstFrameMs = (await session.until(shown)) - session.startedMs;
  if (fullyShown === undefined) return { firstFrameMs };
  return { firstFrameMs, fullFrameMs: (await session.until(fullyShown)) - session.startedMs };
}

function medianOf(frames: readonly Frames[]): Frames {
  const full = frames.flatMap(({ fullFrameMs }) => (fullFrameMs === undefined ? [] : [fullFrameMs]));
  const firstFrameMs = percentile(
    frames.map((one) => one.firstFrameMs),
    50,
  );
  return full.length === 0 ? { firstFrameMs } : { firstFrameMs, fullFrameMs: percentile(full, 50) };
}

/** What a running program costs while some seconds pass. */
export async function watch(session: Session, seconds: number): Promise<Omit<Cost, keyof Frames>> {
  const before = session.tree();
  const bytesBefore = session.bytes();
  const beganMs = performance.now();
  await sleep(seconds * 1000);
  const after = session.tree();
  const wallSeconds = (performance.now() - beganMs) / 1000;
  if (after.length === 0) throw new Error('the program ended while it was measured');
  const perSecond = (cpuSeconds: number) => (cpuSeconds * 1000) / wallSeconds;
  return {
    cpuMsPerSecond: perSecond(cpuSecondsOf(after) - cpuSecondsOf(before)),
    rssBytes: after.reduce((sum, one) => sum + one.rssBytes, 0),
    pssBytes: after.reduce((sum, one) => sum + one.pssBytes, 0),
    terminalBytesPerSecond: (session.bytes() - bytesBefore) / wallSeconds,
    processes: after.map((one) => ({
      name: one.name,
      cpuMsPerSecond: perSecond(cpuSecondsOf([one]) - cpuSecondsOf(before.filter(({ pid }) => pid === one.pid))),
    })),
  };
}
