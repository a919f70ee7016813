import * as v from 'valibot';
import { type Maybe, missing } from '../core/missing.ts';
import { type DentryState, parseDentryState } from '../sources/proc/dentry-state.ts';
import { type InodeState, parseInodeState } from '../sources/proc/inode-state.ts';
import { argsOf } from './args.ts';
import { parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

const args = v.object({
  /** The kernel's release: some before 5.0 count no negative dentries and say 0. */
  release: v.optional(v.string()),
});

/** Dentries and inodes of the whole node. */
export interface VfsSample {
  readonly dentryState: Maybe<DentryState>;
  readonly inodeState: Maybe<InodeState>;
}

/** Samples `/proc/sys/fs/dentry-state` and `/proc/sys/fs/inode-state`: 15 us each, whatever they count. */
export const vfsSampler: Sampler<v.InferOutput<typeof args>, VfsSample> = {
  parseArgs: argsOf(args),
  sample: (host, { release }) => ({
    dentryState: parseText(host.read('/proc/sys/fs/dentry-state'), (text) =>
      parseDentryState(text, release ?? missing('absent', 'the kernel release is not known')),
    ),
    inodeState: parseText(host.read('/proc/sys/fs/inode-state'), parseInodeState),
  }),
};
