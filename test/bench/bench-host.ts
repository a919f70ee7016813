import { type GeneratedHost, generateHost } from '../support/generated-host.ts';

const kubelet = { pid: 1342, threads: 38 };

/** A generated host with so many live cgroups, a kubelet, and dying cgroups that hold memory. */
export function benchHost(live: number): GeneratedHost {
  return generateHost({ live, dying: 20_000, kubelet, heldByDying: { kmemBytes: 654_800_000, cacheBytes: 0 } });
}

/** One on which nothing is dying: most walks of it need no counters. */
export function healthyBenchHost(live: number): GeneratedHost {
  return generateHost({ live, kubelet });
}
