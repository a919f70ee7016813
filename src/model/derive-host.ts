import { type Maybe, mapKnown, NOT_YET } from '../core/missing.ts';
import type { Pair } from './latest.ts';
import type { HostModel } from './model.ts';

/** What hardly changes about the node. */
export function deriveHost(identity: Pair<'identity'>, cpu: Pair<'cpu'>): HostModel {
  const sample = identity.now?.sample;
  const mounts = sample?.mounts ?? NOT_YET;
  const os = sample?.osRelease ?? NOT_YET;
  const uptime = cpu.now?.sample.uptime ?? NOT_YET;
  return {
    name: sample?.hostname ?? NOT_YET,
    kernel: sample?.kernelRelease ?? NOT_YET,
    distribution: mapKnown(os, (known) => known.prettyName),
    distributionId: mapKnown(os, (known) => known.id),
    cgroup: mapKnown(mounts, (known): Maybe<'v1' | 'v2'> => known.memory.version),
    cgroupRoot: mapKnown(mounts, (known) => known.memory.path),
    cgroupView: sample?.cgroupView ?? NOT_YET,
    hybrid: mapKnown(mounts, (known): Maybe<boolean> => known.hybrid),
    cpus: { online: sample?.cpusOnline ?? NOT_YET, possible: sample?.cpusPossible ?? NOT_YET },
    uptimeSeconds: mapKnown(uptime, (known) => known.uptimeSeconds),
    bootCommand: sample?.bootCommand ?? NOT_YET,
  };
}
