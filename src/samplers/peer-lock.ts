import * as v from 'valibot';
import type { EpochMs, MonotonicSeconds } from '../core/clock.ts';
import { issueWithoutContent, parseJson } from '../core/json.ts';
import { isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { oneLine } from '../core/printable.ts';
import { textOf } from '../core/reading.ts';
import { argsOf } from './args.ts';
import type { Sampler } from './sampler.ts';
import { STAT_FILES } from './stat-reads.ts';

/**
 * Anybody may be able to write the lock file, and a number of JSON can be infinite (`1e999`) or no date: both would
 * end whoever shows it.
 */
const finite = v.pipe(v.number(), v.finite());
const seconds = v.pipe(finite, v.minValue(0));
const epochMs = v.pipe(
  v.number(),
  v.check((at) => !Number.isNaN(new Date(at).getTime()), 'no date'),
);

/**
 * What the instance that holds the lock writes into it: who it is, how it probes, and what its last reads took, so
 * that a second instance on the node can show the times without reading a second time.
 */
const lockContent = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** With the pid it names the process. */
  startTicks: finite,
  sinceEpochMs: epochMs,
  budgetPct: finite,
  /** How often it writes this file; both are missing in that of an older version. */
  periodSeconds: v.optional(v.pipe(seconds, v.maxValue(3600))),
  /** When it wrote this: by the clock that all processes of a machine share, and that nobody sets. */
  writtenMonotonicSeconds: v.optional(finite),
  reads: v.array(
    v.object({
      path: v.string(),
      file: v.picklist(STAT_FILES),
      wallSeconds: seconds,
      cpuSeconds: v.optional(seconds),
      atEpochMs: epochMs,
    }),
  ),
});

/** The content of the lock file. */
export type LockContent = v.InferOutput<typeof lockContent>;

/** A holder that has not written for so many of its periods is stopped or stuck. */
const SILENT_PERIODS = 3;

/** Whether the holder has not written for too long, or says that it wrote in times to come. */
export function isSilent({ periodSeconds, writtenMonotonicSeconds }: LockContent, now: MonotonicSeconds): boolean {
  if (periodSeconds === undefined || writtenMonotonicSeconds === undefined) return false;
  const age = now - writtenMonotonicSeconds;
  return age > SILENT_PERIODS * periodSeconds || age < -periodSeconds;
}

/** A read of another instance counts for its rest and a minute: then there should have been the next. */
const GRACE_SECONDS = 60;

/**
 * The reads of the holder that still say something at a moment, by the wall clock, which is the one that they were
 * written with: none from times to come, and none that is older than its rest and a minute. A file is read again once
 * all others have had their turn, so that it rests for as long as the budget has all of them rest.
 */
function readsThatCount({ reads, budgetPct }: LockContent, now: EpochMs): LockContent['reads'] {
  const roundSeconds = reads.reduce((sum, { wallSeconds, cpuSeconds = wallSeconds }) => sum + cpuSeconds, 0);
  const restSeconds = roundSeconds / (Math.max(0.1, budgetPct) / 100);
  return reads.filter(({ atEpochMs }) => {
    const ageSeconds = (now - atEpochMs) / 1000;
    return ageSeconds > -1 && ageSeconds < restSeconds + GRACE_SECONDS;
  });
}

const args = v.object({ lockFile: v.string() });

/** The other instance on this node. */
export interface NeighbourSample {
  /** Of its reads only those that still say something. */
  readonly holder: Maybe<LockContent>;
}

/** Samples the lock file of the instance that probes for both. */
export const neighbourSampler: Sampler<v.InferOutput<typeof args>, NeighbourSample> = {
  parseArgs: argsOf(args),
  sample: (host, { lockFile }) => {
    const text = textOf(host.own(lockFile));
    const holder = isMissing(text) ? text : parseLockContent(text);
    const now = host.clock.now();
    return { holder: mapKnown(holder, (known) => ({ ...known, reads: readsThatCount(known, now) })) };
  },
};

/** Parses a lock file; `malformed` where it was torn, or is not ours. */
export function parseLockContent(text: string): Maybe<LockContent> {
  const json = parseJson(text);
  if (isMissing(json)) return missing('malformed', `the lock file: ${json.detail}`);
  const parsed = v.safeParse(lockContent, json.value);
  return parsed.success ? parsed.output : missing('malformed', oneLine(issueWithoutContent(parsed.issues[0])));
}
