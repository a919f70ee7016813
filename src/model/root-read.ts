import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { isRootRead } from '../core/root-cgroup.ts';
import type { HostModel, Model, ReadModel } from './model.ts';

/** What every count of the node is where only a part of the hierarchy is mounted: with the way out. */
export const ONLY_A_PART = missing('partial', "only a container's part is seen; needs --host-root /host");

/** Whether only a part of the memory hierarchy can be seen: then nothing may be said of the node's cgroups. */
export function seesOnlyPart({ cgroupView }: HostModel): boolean {
  return cgroupView === 'part';
}

/** The latest timed read of the hierarchy's own root, or why there is none: a container's `/` is not the root. */
export function rootRead({ host, reads, probes }: Pick<Model, 'host' | 'reads' | 'probes'>): Maybe<ReadModel> {
  if (seesOnlyPart(host)) return ONLY_A_PART;
  if (isMissing(host.cgroup)) return host.cgroup;
  const read = reads.find((read) => isRootRead(read));
  if (read !== undefined) return read;
  if (typeof probes.lock === 'object') {
    return missing('disabled', `process ${probes.lock.heldByPid} probes here, and has not read it yet`);
  }
  return missing('warming-up', "the root's memory.stat has not been read yet");
}
