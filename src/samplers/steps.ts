import type { Reading } from '../core/reading.ts';
import type { Host } from '../host/host.ts';
import type { Sampler } from './sampler.ts';

/** Handed out where enough has been read for others to have their turn. */
export const TURN = 'turn';

/** What a slow sampler waits for: the answer to a timed read of this path, or its next turn. */
type Wait = { readonly timed: string } | typeof TURN;

/**
 * A sample in steps. What takes microseconds is asked of the host at once; a read that may take seconds is handed out,
 * and the sampler goes on with its answer, so that whoever runs it need not stand still meanwhile.
 */
export type Steps<Sample> = Generator<Wait, Sample, Reading | undefined>;

/** A sampler that may wait for seconds. */
export interface SlowSampler<Args, Sample> extends Sampler<Args, Sample> {
  readonly steps: (host: Host, args: Args) => Steps<Sample>;
}

/** A sampler of its steps; what it waits for is asked of the host itself where there is nobody else to wait: in a replay. */
export function inSteps<Args, Sample>(
  parseArgs: (json: unknown) => Args,
  steps: (host: Host, args: Args) => Steps<Sample>,
): SlowSampler<Args, Sample> {
  return { parseArgs, steps, sample: (host, args) => atOnce(steps(host, args), host) };
}

/** The answer to a timed read. */
export function* timed(path: string): Steps<Reading> {
  const reading = yield { timed: path };
  if (reading === undefined) throw new Error(`${path} was asked for and not answered`);
  return reading;
}

function atOnce<Sample>(steps: Steps<Sample>, host: Host): Sample {
  let next = steps.next();
  while (next.done !== true) next = steps.next(next.value === TURN ? undefined : host.timed(next.value.timed));
  return next.value;
}
