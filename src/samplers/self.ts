import * as v from 'valibot';
import { type Maybe, missing } from '../core/missing.ts';
import { type PidStat, parsePidStat } from '../sources/proc/pid-stat.ts';
import { parseSmapsRollup, type SmapsRollup } from '../sources/proc/smaps-rollup.ts';
import { argsOf } from './args.ts';
import { goneIfAbsent, parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

const process = v.object({
  /** `screen` draws, `sampler` reads the kernel, `drop` writes to drop_caches. */
  role: v.picklist(['screen', 'sampler', 'drop']),
  pid: v.number(),
});

const args = v.object({ processes: v.array(process) });

/** One of the tool's own processes. */
export interface OwnProcess {
  readonly role: 'screen' | 'sampler' | 'drop';
  readonly pid: number;
  readonly stat: Maybe<PidStat>;
  /** Its share of memory; reading it costs about a millisecond, hence seldom. Absent before 4.14. */
  readonly rollup: Maybe<SmapsRollup>;
}

/** What the tool itself costs. */
export interface SelfSample {
  readonly processes: readonly OwnProcess[];
}

const read = (withRollup: boolean): Sampler<v.InferOutput<typeof args>, SelfSample> => ({
  parseArgs: argsOf(args),
  sample: (host, { processes }) => ({
    processes: processes.map(({ role, pid }) => ({
      role,
      pid,
      stat: goneIfAbsent(parseText(host.own(`/proc/${pid}/stat`), parsePidStat)),
      rollup: withRollup
        ? parseText(host.own(`/proc/${pid}/smaps_rollup`), parseSmapsRollup)
        : missing('warming-up', 'read once in a while'),
    })),
  }),
});

/** Samples `/proc/PID/stat` of the tool's own processes. */
export const selfSampler = read(false);

/** The same with `/proc/PID/smaps_rollup`. */
export const selfMemorySampler = read(true);
