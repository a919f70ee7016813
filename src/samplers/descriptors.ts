import * as v from 'valibot';
import { isMissing, type Maybe, mapKnown } from '../core/missing.ts';
import type { Host } from '../host/host.ts';
import { parsePidFdinfo } from '../sources/proc/pid-fdinfo.ts';
import { argsOf } from './args.ts';
import { goneIfAbsent, linesOf, parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

const args = v.object({ pids: v.array(v.number()) });

/** A memory file that a process had open when we looked. */
export interface HeldFile {
  /** Its path as that process sees it. */
  readonly file: string;
  /** 0 until the first read of it has come back; `gone` where it was closed between the two looks. */
  readonly positionBytes: Maybe<number>;
}

/** The memory files that one process had open when we looked. */
interface HeldFiles {
  readonly pid: number;
  /** Root only: else `denied`. */
  readonly files: Maybe<readonly HeldFile[]>;
}

/** Who was reading what. */
export interface DescriptorsSample {
  readonly holders: readonly HeldFiles[];
}

const IS_MEMORY_FILE = /\/memory\.(?:stat|numa_stat|usage_in_bytes|current)$/;

/** A process that leaks descriptors of them must not make every look dear: 7 us each (measured). */
const MOST_POSITIONS = 64;

/**
 * Samples `/proc/PID/fd`: a slow read keeps its descriptor open, so that looking now and then sees it; and
 * `/proc/PID/fdinfo/FD` of the memory files among them, which tells one that is being read from one that was not closed.
 */
export const descriptorsSampler: Sampler<v.InferOutput<typeof args>, DescriptorsSample> = {
  parseArgs: argsOf(args),
  sample: (host, { pids }) => ({ holders: pids.map((pid) => ({ pid, files: heldBy(host, pid) })) }),
};

function heldBy(host: Host, pid: number): Maybe<readonly HeldFile[]> {
  const lines = goneIfAbsent(linesOf(host.links(`/proc/${pid}/fd`)));
  if (isMissing(lines)) return lines;
  return lines
    .map((line) => ({ fd: line.slice(0, line.indexOf(' ')), file: line.slice(line.indexOf(' ') + 1) }))
    .filter(({ file }) => IS_MEMORY_FILE.test(file))
    .slice(-MOST_POSITIONS)
    .map(({ fd, file }) => ({ file, positionBytes: positionOf(host, pid, fd) }));
}

function positionOf(host: Host, pid: number, fd: string): Maybe<number> {
  const info = goneIfAbsent(parseText(host.read(`/proc/${pid}/fdinfo/${fd}`), parsePidFdinfo));
  return mapKnown(info, ({ positionBytes }) => positionBytes);
}
