import { ageBehind } from '../../format/age.ts';
import type { FieldValue } from '../../format/fields.ts';
import { fieldValue } from '../../model/field-value.ts';
import type { FieldId } from '../../model/fields.ts';
import type { Model } from '../../model/model.ts';
import { momentOfField } from '../../model/moments.ts';

/** A value with its field. */
export interface NamedValue {
  readonly id: FieldId;
  readonly value: FieldValue;
  /** ` (90 s old)` where it is too old to stand there as if it were now; else empty. */
  readonly age: string;
}

/** What names the node. */
export function hostValues(model: Model): readonly NamedValue[] {
  return named(model, [
    'host.name',
    'host.kernel',
    'host.distribution',
    'host.cgroup',
    'host.cgroupRoot',
    'host.hybrid',
    'host.cpus.online',
    'host.cpus.possible',
    'host.uptimeSeconds',
    'host.bootCommand',
    'node.memoryTotalBytes',
  ]);
}

/** The numbers that tell whether the node is sick. */
export function nodeValues(model: Model): readonly NamedValue[] {
  return named(model, [
    'memcg.total',
    'memcg.live',
    'memcg.dying',
    'memcg.growthPerSecond',
    'memcg.createdPerMinute',
    'memcg.removedPerMinute',
    'memcg.heldByDying.kmemBytes',
    'memcg.heldByDying.pageBytes',
    'reads.root.wallSeconds',
    'slab.totalBytes',
    'slab.reclaimableBytes',
    'slab.unreclaimableBytes',
    'slab.growthBytesPerSecond',
    'dentry.objects',
    'dentry.unused',
    'dentry.negative',
    'dentry.sizeBytes',
    'dentry.growthPerSecond',
    'node.busyPct',
    'node.systemPct',
    'node.stealPct',
    'node.busiestCorePct',
    'node.loadAverage',
    'node.memoryAvailableBytes',
    'node.pageCacheBytes',
    'node.dirtyBytes',
    'node.shmemBytes',
    'node.percpuBytes',
    'node.memoryPressurePct',
    'node.slabDrops',
    'node.pageCacheDrops',
  ]);
}

/** kubelet's own numbers. */
export function kubeletValues(model: Model): readonly NamedValue[] {
  return named(model, [
    'kubelet.pid',
    'kubelet.version',
    'kubelet.cpuPct',
    'kubelet.userPct',
    'kubelet.systemPct',
    'kubelet.threads',
    'kubelet.uptimeSeconds',
    'kubelet.rssBytes',
    'kubelet.housekeepingSeconds',
    'kubelet.contextSwitchesPerSecond',
    'kubelet.readBytesPerSecond',
    'kubelet.readCallsPerSecond',
    'kubelet.command',
  ]);
}

/** What this tool and its slow reads cost. */
export function costValues(model: Model): readonly NamedValue[] {
  return named(model, [
    'probes.budgetPct',
    'probes.spentCpuSeconds',
    'self.cpuPct',
    'self.proberCpuPct',
    'self.rssBytes',
    'self.pssBytes',
  ]);
}

function named(model: Model, ids: readonly FieldId[]): readonly NamedValue[] {
  return ids.map((id) => ({ id, value: fieldValue(model, id), age: ageBehind(model, momentOfField(model, id)) }));
}
