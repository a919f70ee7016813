import type { FieldId } from '../../model/fields.ts';

/** Whether a change is for the better. */
export type Tendency = 'better' | 'worse' | 'neither';

/** More of these is what the incident is made of. */
const WORSE_WITH_MORE: ReadonlySet<string> = new Set<FieldId>([
  'memcg.dying',
  'memcg.growthPerSecond',
  'memcg.heldByDying.kmemBytes',
  'memcg.heldByDying.pageBytes',
  'reads.root.wallSeconds',
  'slab.totalBytes',
  'slab.unreclaimableBytes',
  'slab.growthBytesPerSecond',
  'dentry.objects',
  'dentry.sizeBytes',
  'dentry.growthPerSecond',
  'kubelet.cpuPct',
  'kubelet.systemPct',
  'node.systemPct',
  'node.busyPct',
  'node.busiestCorePct',
  'node.iowaitPct',
  'node.stealPct',
  'node.loadAverage',
  'node.memoryPressurePct',
  'node.cpuPressurePct',
  'node.ioPressurePct',
]);

/** The tendency of a field that changed by so much. */
export function tendencyOf(field: FieldId, change: number): Tendency {
  if (change === 0) return 'neither';
  if (field === 'node.memoryAvailableBytes') return change > 0 ? 'better' : 'worse';
  if (!WORSE_WITH_MORE.has(field)) return 'neither';
  return change > 0 ? 'worse' : 'better';
}
