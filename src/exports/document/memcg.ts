import { type Maybe, mapKnown } from '../../core/missing.ts';
import type { PinnedBy } from '../../diagnosis/pins.ts';
import type { CgroupModel, HeldByDying, MemcgModel, PinModel } from '../../model/model.ts';
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
    where: where.map((below) => ({
      path: below.path,
      pod: below.pod,
      bytes: below.bytes,
      kmemBytes: below.kmemBytes,
      pageBytes: below.pageBytes,
    })),
    bytes,
  };
}

function encodePin(pin: PinModel) {
  const { path, pod, bytes, kmemBytes, fileBytes, cleanBytes, dirtyBytes, tmpfsBytes, anonBytes } = pin;
  return { path, pod, bytes, kmemBytes, fileBytes, cleanBytes, dirtyBytes, tmpfsBytes, anonBytes };
}

function encodeCgroup(cgroup: CgroupModel) {
  const { path, depth, children, pod, unit, qos, usageBytes, kmemBytes } = cgroup;
  const { heldKmemBytes, heldPageBytes, heldBytes, dyingBelow, readSeconds, churnPerMinute } = cgroup;
  return {
    path,
    depth,
    children,
    pod,
    unit,
    qos,
    usageBytes,
    kmemBytes,
    heldKmemBytes,
    heldPageBytes,
    dyingBelow,
    readSeconds,
    churnPerMinute,
    heldBytes,
  };
}
