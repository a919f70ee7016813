import { type GeneratedHost, generateHost } from '../support/generated-host.ts';

/** A generated host with so many live cgroups, a kubelet, and dying cgroups that hold memory. */
export function benchHost(live: number): GeneratedHost {
  const kubelet = { pid: 1342, threads: 38 };
  return generateHost({ live, dying: 20_000, kubelet, heldByDying: { kmemBytes: 654_800_000, cacheBytes: 0 } });
}
