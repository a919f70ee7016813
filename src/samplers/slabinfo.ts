import * as v from 'valibot';
import type { Maybe } from '../core/missing.ts';
import type { ReadCost } from '../core/reading.ts';
import { parseSlabinfo, type Slabinfo } from '../sources/proc/slabinfo.ts';
import { argsOf } from './args.ts';
import { parseText } from './parse-reading.ts';
import { inSteps, type SlowSampler, type Steps, timed } from './steps.ts';

const args = v.object({ pageBytes: v.number() });

/** Every slab cache of the node. */
export interface SlabinfoSample {
  readonly slabinfo: Maybe<Slabinfo>;
  readonly cost: ReadCost | undefined;
}

/**
 * Samples `/proc/slabinfo`: 0.3 ms on a healthy node, but it holds slab_mutex, sums every per-memcg child cache on
 * RHEL 7 to 5.4, and SLUB walks all partial slabs with interrupts off up to 6.1. Root only.
 */
export const slabinfoSampler: SlowSampler<v.InferOutput<typeof args>, SlabinfoSample> = inSteps(
  argsOf(args),
  function* (_host, { pageBytes }): Steps<SlabinfoSample> {
    const reading = yield* timed('/proc/slabinfo');
    return { slabinfo: parseText(reading, (text) => parseSlabinfo(text, pageBytes)), cost: reading.cost };
  },
);
