import { mapKnown } from '../../core/missing.ts';
import type { CacheModel, HostModel, KubeletModel, Model, SlabModel } from '../../model/model.ts';
import { encodeInstant } from './instant.ts';

/** The keys that version 1 began with come first, in its order; what was added stands behind them. */
export function encodeHost(host: HostModel) {
  const { name, kernel, distribution, cgroup, hybrid, cpus, uptimeSeconds } = host;
  const { distributionId, cgroupRoot, bootCommand, cgroupView } = host;
  return {
    name,
    kernel,
    distribution,
    cgroup,
    hybrid,
    cpus: { online: cpus.online, possible: cpus.possible },
    uptimeSeconds,
    distributionId,
    cgroupRoot,
    bootCommand,
    cgroupView,
  };
}

/** kubelet with its threads and the memory files that processes hold open. */
export function encodeKubelet(kubelet: KubeletModel) {
  const { pid, command, cpuPct, userPct, systemPct, threads, uptimeSeconds } = kubelet;
  const { found, version, housekeepingSeconds, rssBytes, startTicks, others } = kubelet;
  const {
    contextSwitchesPerSecond,
    readBytesPerSecond,
    readCallsPerSecond,
    threadRows,
    heldFiles,
    fileLooks,
    syscallRows,
  } = kubelet;
  return {
    pid,
    command,
    cpuPct,
    userPct,
    systemPct,
    threads,
    uptimeSeconds,
    startTicks,
    found,
    version,
    housekeepingSeconds,
    rssBytes,
    contextSwitchesPerSecond,
    readBytesPerSecond,
    readCallsPerSecond,
    threadRows,
    heldFiles,
    fileLooks,
    syscallRows,
    others,
  };
}

/** Slab memory with every cache. */
export function encodeSlab(slab: SlabModel) {
  const { totalBytes, reclaimableBytes, unreclaimableBytes, growthBytesPerSecond, caches, cachesAt } = slab;
  return {
    totalBytes,
    reclaimableBytes,
    unreclaimableBytes,
    growthBytesPerSecond,
    caches: mapKnown(caches, (rows) => rows.map(encodeCache)),
    cachesAt: mapKnown(cachesAt, encodeInstant),
  };
}

function encodeCache(cache: CacheModel) {
  const { name, activeObjects, objects, objectBytes, slabs, sizeBytes, growthBytesPerSecond } = cache;
  const { objectsPerSlab, pagesPerSlab, activeSlabs, usePct } = cache;
  return {
    name,
    activeObjects,
    objects,
    objectBytes,
    slabs,
    sizeBytes,
    growthBytesPerSecond,
    objectsPerSlab,
    pagesPerSlab,
    activeSlabs,
    usePct,
  };
}

/** Dentries. */
export function encodeDentry({ objects, unused, negative, sizeBytes, growthPerSecond }: Model['dentry']) {
  return { objects, unused, negative, sizeBytes, growthPerSecond };
}

/** Timed reads, slowest first. */
export function encodeReads(reads: Model['reads']) {
  return reads.map(({ path, file, wallSeconds, cpuSeconds, at, pod, systemSeconds, byOther }) => ({
    path,
    file,
    wallSeconds,
    cpuSeconds,
    at: encodeInstant(at),
    pod,
    systemSeconds,
    byOther,
  }));
}

/** What the tool itself costs. */
export function encodeSelf({ cpuPct, rssBytes, proberCpuPct, pssBytes }: Model['self']) {
  return { cpuPct, rssBytes, proberCpuPct, pssBytes };
}
