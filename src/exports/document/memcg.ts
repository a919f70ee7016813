import { type Maybe, mapKnown } from '../../core/missing.ts';
import type { PinnedBy } from '../../diagnosis/pin-kind.ts';
import type { CgroupModel, HeldByDying, MemcgModel, PinModel } from '../../model/model.ts';
import { inOrder } from './in-order.ts';
import { encodeInstant } from './instant.ts';

/** Memory cgroups. The live ones one by one only where asked for: there may be 5,000 of them. */
export function encodeMemcg(memcg: MemcgModel, pinnedBy: Maybe<PinnedBy>, withCgroups: boolean) {
  const { total, live, dying, growthPerSecond, createdPerMinute, removedPerMinute } = memcg;
  const { heldByDying, countedAt, pins, cgroups } = memcg;
  return {
    total,
    live,
    dying,
    growthPerSecond,
    createdPerMinute,
    removedPerMinute,
    heldByDying: mapKnown(heldByDying, (held) => encodeHeld(held, pinnedBy)),
    countedAt: mapKnown(countedAt, encodeInstant),
    pins: mapKnown(pins, (rows) => rows.map(encodePin)),
    ...(withCgroups ? { cgroups: mapKnown(cgroups, (rows) => rows.map(encodeCgroup)) } : {}),
  };
}

function encodeHeld({ bytes, kmemBytes, pageBytes, where }: HeldByDying, pinnedBy: Maybe<PinnedBy>) {
  return {
    kmemBytes,
    pageBytes,
    pinnedBy,
    where: where.map((below) => inOrder(below, ['path', 'pod', 'bytes', 'kmemBytes', 'pageBytes'])),
    bytes,
  };
}

function encodePin(pin: PinModel) {
  return inOrder(pin, [
    ...(['path', 'pod', 'bytes', 'kmemBytes', 'fileBytes'] as const),
    ...(['cleanBytes', 'dirtyBytes', 'tmpfsBytes', 'anonBytes'] as const),
  ]);
}

function encodeCgroup(cgroup: CgroupModel) {
  return inOrder(cgroup, CGROUP_KEYS);
}

const CGROUP_KEYS = [
  ...(['path', 'depth', 'children', 'pod', 'unit', 'qos', 'usageBytes', 'kmemBytes'] as const),
  ...(['heldKmemBytes', 'heldPageBytes', 'dyingBelow', 'readSeconds', 'churnPerMinute'] as const),
];
