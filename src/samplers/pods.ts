import { isMissing, type Maybe, type Missing, missing } from '../core/missing.ts';
import type { Host } from '../host/host.ts';
import { parseContainerLogFolder } from '../sources/kubernetes/container-log-folder.ts';
import { type ContainerLink, parseContainerLogLinks } from '../sources/kubernetes/container-log-links.ts';
import { type PodName, parsePodLogFolders } from '../sources/kubernetes/pod-log-folders.ts';
import { noArgs } from './args.ts';
import { linesOf, parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

/** Where kubelet makes one folder per pod, named after it: names without asking the API server. */
export const POD_LOGS = '/var/log/pods';

/** Where kubelet makes a link per container, named after it and its id. */
export const CONTAINER_LOGS = '/var/log/containers';

/** As many folders are listed in one run: 220 containers took 2.1 ms. kubelet's own limit of 110 pods is within it. */
const MOST_FOLDERS = 600;

/** How often a container was started again since its pod was made. */
export interface RestartCount {
  /** Name of the pod's folder. */
  readonly folder: string;
  readonly container: string;
  /** The highest N of its `N.log`. */
  readonly count: number;
}

/** Names of the node's pods by uid, of their containers by id, and the restart counts of their containers. */
export interface PodsSample {
  readonly names: Maybe<ReadonlyMap<string, Maybe<PodName>>>;
  /** What containers are called, by id; `absent` without `/var/log/containers`. */
  readonly containers: Maybe<ReadonlyMap<string, ContainerLink>>;
  /** `absent` without `/var/log/pods`; `partial` where a folder in it could not be listed, or was one too many. */
  readonly restarts: Maybe<readonly RestartCount[]>;
}

/** Samples the folder names below `/var/log/pods`: pods, containers and the logs of their runs. */
export const podsSampler: Sampler<Record<string, never>, PodsSample> = {
  parseArgs: noArgs,
  sample: (host) => {
    const listing = host.list(POD_LOGS);
    const folders = linesOf(listing);
    return {
      names: parseText(listing, parsePodLogFolders),
      containers: parseText(host.list(CONTAINER_LOGS), parseContainerLogLinks),
      restarts: isMissing(folders) ? folders : restartsIn(host, folders),
    };
  },
};

function restartsIn(host: Host, folders: readonly string[]): Maybe<readonly RestartCount[]> {
  const counts: RestartCount[] = [];
  let listed = 0;
  let unseen: Missing | undefined;
  const list = (path: string): readonly string[] => {
    listed += 1;
    if (listed > MOST_FOLDERS) {
      unseen ??= missing('partial', `more than ${MOST_FOLDERS} folders below ${POD_LOGS}`);
      return [];
    }
    const reading = host.list(path);
    const names = linesOf(reading);
    if (!isMissing(names)) return names;
    // kubelet deletes the folder with the pod: that it went since the list says nothing of the others. A file is no pod.
    if (!('errno' in reading && (reading.errno === 'ENOENT' || reading.errno === 'ENOTDIR')))
      unseen ??= missing('partial', names.detail ?? path);
    return [];
  };
  for (const folder of folders) {
    for (const container of list(`${POD_LOGS}/${folder}`)) {
      const { value } = parseContainerLogFolder(list(`${POD_LOGS}/${folder}/${container}`).join('\n'));
      if (!isMissing(value)) counts.push({ folder, container, count: value });
    }
    if (listed > MOST_FOLDERS) break;
  }
  if (counts.length === 0 && folders.length > 0) unseen ??= missing('partial', `no container logs below ${POD_LOGS}`);
  return unseen ?? counts;
}
