import { mapKnown } from '../../core/missing.ts';
import type { CacheModel, HostModel, KubeletModel, Model, SlabModel } from '../../model/model.ts';
import { inOrder } from './in-order.ts';
import { encodeInstant } from './instant.ts';

/** The keys that version 1 began with come first, in its order; what was added stands behind them. */
export function encodeHost(host: HostModel) {
  return inOrder(host, [
    'name',
    'kernel',
    'distribution',
    'cgroup',
    'hybrid',
    'cpus',
    'uptimeSeconds',
    'distributionId',
    'cgroupRoot',
    'bootCommand',
    'cgroupView',
  ]);
}

/** The node as a whole. */
export function encodeNode(node: Model['node']) {
  const ownDrops = mapKnown(node.ownDrops, (drops) => drops.map((drop) => ({ ...drop, at: encodeInstant(drop.at) })));
  return { ...node, ownDrops };
}

/** kubelet with its threads and the memory files that processes hold open. */
export function encodeKubelet(kubelet: KubeletModel) {
  return inOrder(kubelet, [
    'pid',
    'command',
    'cpuPct',
    'userPct',
    'systemPct',
    'threads',
    'uptimeSeconds',
    'startTicks',
    'found',
    'version',
    'housekeepingSeconds',
    'rssBytes',
    'contextSwitchesPerSecond',
    'readBytesPerSecond',
    'readCallsPerSecond',
    'threadRows',
    'heldFiles',
    'fileLooks',
    'syscallRows',
    'others',
  ]);
}

/** Slab memory with every cache. */
export function encodeSlab(slab: SlabModel) {
  return {
    ...inOrder(slab, [
      'totalBytes',
      'reclaimableBytes',
      'unreclaimableBytes',
      'growthBytesPerSecond',
      'caches',
      'cachesAt',
    ]),
    caches: mapKnown(slab.caches, (rows) => rows.map(encodeCache)),
    cachesAt: mapKnown(slab.cachesAt, encodeInstant),
  };
}

function encodeCache(cache: CacheModel) {
  return inOrder(cache, [
    'name',
    'activeObjects',
    'objects',
    'objectBytes',
    'slabs',
    'sizeBytes',
    'growthBytesPerSecond',
    'objectsPerSlab',
    'pagesPerSlab',
    'activeSlabs',
    'usePct',
  ]);
}

/** Dentries. */
export function encodeDentry(dentry: Model['dentry']) {
  return inOrder(dentry, ['objects', 'unused', 'negative', 'sizeBytes', 'growthPerSecond']);
}

/** Timed reads, slowest first. */
export function encodeReads(reads: Model['reads']) {
  return reads.map((read) => ({
    ...inOrder(read, [
      'path',
      'file',
      'wallSeconds',
      'cpuSeconds',
      'at',
      'pod',
      'systemSeconds',
      'byOther',
      'beforeDrop',
    ]),
    at: encodeInstant(read.at),
  }));
}

/** What the tool itself costs. */
export function encodeSelf(self: Model['self']) {
  return inOrder(self, ['cpuPct', 'rssBytes', 'proberCpuPct', 'pssBytes']);
}
