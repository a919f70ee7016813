import * as v from 'valibot';
import { isMissing, type Maybe } from '../core/missing.ts';
import { argsOf } from './args.ts';
import { goneIfAbsent, linesOf } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

const args = v.object({ pids: v.array(v.number()) });

/** The memory files that one process had open when we looked. */
interface HeldFiles {
  readonly pid: number;
  /** Paths as that process sees them. Root only: else `denied`. */
  readonly files: Maybe<readonly string[]>;
}

/** Who was reading what. */
export interface DescriptorsSample {
  readonly holders: readonly HeldFiles[];
}

const IS_MEMORY_FILE = /\/memory\.(?:stat|numa_stat|usage_in_bytes|current)$/;

/** Samples `/proc/PID/fd`: a slow read keeps its descriptor open, so that looking now and then sees it. */
export const descriptorsSampler: Sampler<v.InferOutput<typeof args>, DescriptorsSample> = {
  parseArgs: argsOf(args),
  sample: (host, { pids }) => ({
    holders: pids.map((pid) => {
      const lines = goneIfAbsent(linesOf(host.links(`/proc/${pid}/fd`)));
      const files = isMissing(lines)
        ? lines
        : lines.map((line) => line.slice(line.indexOf(' ') + 1)).filter((file) => IS_MEMORY_FILE.test(file));
      return { pid, files };
    }),
  }),
};
