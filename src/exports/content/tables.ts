import { isKnown, knownOr, mapKnown } from '../../core/missing.ts';
import type {
  CacheModel,
  CgroupModel,
  HeldBelow,
  HeldFileModel,
  MemcgModel,
  ProcessModel,
  ReadModel,
  ThreadModel,
} from '../../model/model.ts';
import { type Table, tableOf } from './table.ts';

/** Those reads that have a time; where none has, those that have a reason. */
export function timedReads(reads: readonly ReadModel[]): readonly ReadModel[] {
  const timed = reads.filter((read) => isKnown(read.wallSeconds));
  return timed.length === 0 ? reads : timed;
}

/** The slowest reads. */
export function readsTable(reads: readonly ReadModel[]): Table {
  return tableOf(reads, [
    { id: 'reads[].path', value: (read) => read.path },
    { id: 'reads[].file', value: (read) => read.file },
    { id: 'reads[].wallSeconds', value: (read) => read.wallSeconds },
    { id: 'reads[].cpuSeconds', value: (read) => read.cpuSeconds },
    { id: 'reads[].pod', value: (read) => read.pod },
  ]);
}

/** The largest caches. */
export function cachesTable(caches: readonly CacheModel[]): Table {
  return tableOf(caches, [
    { id: 'slab.caches[].name', value: (cache) => cache.name },
    { id: 'slab.caches[].objects', value: (cache) => cache.objects },
    { id: 'slab.caches[].usePct', value: (cache) => cache.usePct },
    { id: 'slab.caches[].objectBytes', value: (cache) => cache.objectBytes },
    { id: 'slab.caches[].slabs', value: (cache) => cache.slabs },
    { id: 'slab.caches[].sizeBytes', value: (cache) => cache.sizeBytes },
    { id: 'slab.caches[].growthBytesPerSecond', value: (cache) => cache.growthBytesPerSecond },
  ]);
}

/** The parents below which dying cgroups hold memory. */
export function heldTable(where: readonly HeldBelow[]): Table {
  return tableOf(where, [
    { id: 'memcg.heldByDying.where[].path', value: (below) => below.path },
    { id: 'memcg.heldByDying.where[].pod', value: (below) => below.pod },
    { id: 'memcg.heldByDying.where[].bytes', value: (below) => below.bytes },
    { id: 'memcg.heldByDying.where[].kmemBytes', value: (below) => below.kmemBytes },
    { id: 'memcg.heldByDying.where[].pageBytes', value: (below) => below.pageBytes },
  ]);
}

/** The parents with the most churn, most first; those with none are left out. */
export function busiestParents(cgroups: MemcgModel['cgroups']): MemcgModel['cgroups'] {
  return mapKnown(cgroups, (rows) =>
    rows
      .filter(({ churnPerMinute }) => knownOr(churnPerMinute, 0) > 0)
      .sort((a, b) => knownOr(b.churnPerMinute, 0) - knownOr(a.churnPerMinute, 0)),
  );
}

/** Live cgroups below which most come and go. */
export function churnTable(cgroups: readonly CgroupModel[]): Table {
  return tableOf(cgroups, [
    { id: 'memcg.cgroups[].path', value: (cgroup) => cgroup.path },
    { id: 'memcg.cgroups[].pod', value: (cgroup) => cgroup.pod },
    { id: 'memcg.cgroups[].children', value: (cgroup) => cgroup.children },
    { id: 'memcg.cgroups[].churnPerMinute', value: (cgroup) => cgroup.churnPerMinute },
    { id: 'memcg.cgroups[].dyingBelow', value: (cgroup) => cgroup.dyingBelow },
    { id: 'memcg.cgroups[].usageBytes', value: (cgroup) => cgroup.usageBytes },
  ]);
}

/** kubelet's busiest threads. */
export function threadsTable(threads: readonly ThreadModel[]): Table {
  return tableOf(threads, [
    { id: 'kubelet.threadRows[].tid', value: (thread) => thread.tid },
    { id: 'kubelet.threadRows[].comm', value: (thread) => thread.comm },
    { id: 'kubelet.threadRows[].state', value: (thread) => thread.state },
    { id: 'kubelet.threadRows[].cpuPct', value: (thread) => thread.cpuPct },
    { id: 'kubelet.threadRows[].userPct', value: (thread) => thread.userPct },
    { id: 'kubelet.threadRows[].systemPct', value: (thread) => thread.systemPct },
    { id: 'kubelet.threadRows[].cpuSeconds', value: (thread) => thread.cpuSeconds },
  ]);
}

/** Memory files of cgroups that processes hold open: what they are reading. */
export function heldFilesTable(files: readonly HeldFileModel[]): Table {
  return tableOf(files, [
    { id: 'kubelet.heldFiles[].pid', value: (held) => held.pid },
    { id: 'kubelet.heldFiles[].comm', value: (held) => held.comm },
    { id: 'kubelet.heldFiles[].openPct', value: (held) => held.openPct },
    { id: 'kubelet.heldFiles[].readingPct', value: (held) => held.readingPct },
    { id: 'kubelet.heldFiles[].openNow', value: (held) => held.openNow },
    { id: 'kubelet.heldFiles[].file', value: (held) => held.file },
  ]);
}

/** The processes with the most system time. */
export function processesTable(processes: readonly ProcessModel[]): Table {
  return tableOf(processes, [
    { id: 'processes[].pid', value: (process) => process.pid },
    { id: 'processes[].comm', value: (process) => process.comm },
    { id: 'processes[].cpuPct', value: (process) => process.cpuPct },
    { id: 'processes[].userPct', value: (process) => process.userPct },
    { id: 'processes[].systemPct', value: (process) => process.systemPct },
    { id: 'processes[].threads', value: (process) => process.threads },
    { id: 'processes[].rssBytes', value: (process) => process.rssBytes },
  ]);
}
