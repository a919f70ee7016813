import type { Maybe } from '../core/missing.ts';
import { type PodName, parsePodLogFolders } from '../sources/kubernetes/pod-log-folders.ts';
import { noArgs } from './args.ts';
import { parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

/** Where kubelet makes one folder per pod, named after it: names without asking the API server. */
export const POD_LOGS = '/var/log/pods';

/** Names of the node's pods by uid. */
export interface PodsSample {
  readonly names: Maybe<ReadonlyMap<string, Maybe<PodName>>>;
}

/** Samples the folder names below `/var/log/pods`. */
export const podsSampler: Sampler<Record<string, never>, PodsSample> = {
  parseArgs: noArgs,
  sample: (host) => ({ names: parseText(host.list(POD_LOGS), parsePodLogFolders) }),
};
