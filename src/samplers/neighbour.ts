import * as v from 'valibot';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { oneLine } from '../core/one-line.ts';
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

const args = v.object({ lockFile: v.string() });

/** The other instance on this node. */
export interface NeighbourSample {
  readonly holder: Maybe<LockContent>;
}

/** Samples the lock file of the instance that probes for both. */
export const neighbourSampler: Sampler<v.InferOutput<typeof args>, NeighbourSample> = {
  parseArgs: argsOf(args),
  sample: (host, { lockFile }) => {
    const text = textOf(host.own(lockFile));
    return { holder: isMissing(text) ? text : parseLockContent(text) };
  },
};

/** Parses a lock file; `malformed` where it was torn, or is not ours. */
export function parseLockContent(text: string): Maybe<LockContent> {
  try {
    const parsed = v.safeParse(lockContent, JSON.parse(text));
    return parsed.success ? parsed.output : missing('malformed', oneLine(v.summarize(parsed.issues)));
  } catch (error) {
    if (error instanceof SyntaxError) return missing('malformed', 'the lock file is not JSON');
    throw error;
  }
}
