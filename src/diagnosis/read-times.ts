import { isMissing, knownOr, type Maybe, missing } from '../core/missing.ts';
import { ROOT_CGROUP } from '../core/root-cgroup.ts';
import type { Model, ReadModel } from '../model/model.ts';
import { ONLY_A_PART, seesOnlyPart } from '../model/root-read.ts';
import { amount } from './amount.ts';

/** The files whose read may walk every dying memory cgroup. */
export type TimedFile = ReadModel['file'];

/** Each of them. */
export const TIMED_FILES = [
  'memory.stat',
  'memory.numa_stat',
  'memory.usage_in_bytes',
] as const satisfies readonly TimedFile[];

/** The slowest read of one file. */
export interface WorstRead {
  readonly path: string;
  readonly wallSeconds: number;
  /** Missing for a read in flight, and where the host cannot tell. */
  readonly cpuSeconds: Maybe<number>;
  /** It has not come back: the time is what it has taken so far. */
  readonly inFlight: boolean;
  /** Whether the root was read: leaves are never slow, so that "quick" can be said of the root only. */
  readonly rootKnown: boolean;
}

/** The slowest read of each file, or why it cannot be told. */
export type WorstReads = Readonly<Record<TimedFile, Maybe<WorstRead>>>;

/** Finds the slowest read of each file, in one pass: there can be thousands, and this runs with every tick. */
export function worstReads(model: Model): WorstReads {
  const isPart = seesOnlyPart(model.host);
  const worst = {
    'memory.stat': startWith(model, 'memory.stat'),
    'memory.numa_stat': startWith(model, 'memory.numa_stat'),
    'memory.usage_in_bytes': startWith(model, 'memory.usage_in_bytes'),
  };
  for (const read of model.reads) worst[read.file] = worseOf(worst[read.file], read, isPart);
  return worst;
}

/** What a read cost: its CPU time, which is the sickness; its wall time where no more is known. */
export function costSeconds(read: Pick<WorstRead, 'wallSeconds' | 'cpuSeconds'>): number {
  return knownOr(read.cpuSeconds, read.wallSeconds);
}

/**
 * The wall time of one timed read, or why it does not stand for now: a read of before the latest drop says nothing of
 * the node after it.
 */
export function secondsNow(read: ReadModel): Maybe<number> {
  if (read.beforeDrop) {
    return missing('stale', 'the latest read is from before caches were dropped');
  }
  return amount(read.wallSeconds);
}

function startWith(model: Model, file: TimedFile): Maybe<WorstRead> {
  if (seesOnlyPart(model.host)) return ONLY_A_PART;
  return inFlight(model, file) ?? missing('warming-up', `${file} of the root has not been read yet`);
}

function worseOf(worst: Maybe<WorstRead>, read: ReadModel, isPart: boolean): Maybe<WorstRead> {
  const wallSeconds = secondsNow(read);
  const isRoot = read.path === ROOT_CGROUP && !isPart;
  if (isMissing(wallSeconds)) return isRoot && isMissing(worst) ? wallSeconds : worst;
  const cpuSeconds = amount(read.cpuSeconds);
  if (!isMissing(worst) && (isMissing(cpuSeconds) ? wallSeconds : cpuSeconds) <= costSeconds(worst)) {
    return isRoot && !worst.rootKnown ? { ...worst, rootKnown: true } : worst;
  }
  const rootKnown = isRoot || (!isMissing(worst) && worst.rootKnown);
  return { path: read.path, wallSeconds, cpuSeconds, inFlight: false, rootKnown };
}

function inFlight(model: Model, file: TimedFile): WorstRead | undefined {
  const { inFlight: running } = model.probes;
  if (running === undefined || running.file !== file || running.path === undefined) return undefined;
  const wallSeconds = model.instant.monotonicSeconds - running.since.monotonicSeconds;
  if (!Number.isFinite(wallSeconds) || wallSeconds < 0) return undefined;
  const cpuSeconds = missing('warming-up', 'still being read');
  return { path: running.path, wallSeconds, cpuSeconds, inFlight: true, rootKnown: false };
}
