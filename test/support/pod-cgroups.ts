import { createHash } from 'node:crypto';

/** Who names the cgroups of pods: kubelet's `--cgroup-driver`. */
export type Driver = 'cgroupfs' | 'systemd';

/** The quality-of-service class of a pod; a guaranteed pod has no folder of its class above it. */
type Qos = 'guaranteed' | 'burstable' | 'besteffort';

/** A pod's cgroup and those of its containers, as paths below the root of a hierarchy, without a leading slash. */
export interface PodCgroups {
  readonly uid: string;
  readonly qos: Qos;
  readonly path: string;
  readonly containers: readonly string[];
}

/**
 * The n-th invented pod. The same n gives the same names in every run. Three of five pods are burstable, one is best
 * effort, one is guaranteed, so that every form of path occurs.
 */
export function inventedPod(driver: Driver, n: number, containers: number): PodCgroups {
  const qos = (['burstable', 'besteffort', 'burstable', 'guaranteed', 'burstable'] as const)[n % 5] ?? 'burstable';
  const hex = hexOf(`pod ${n}`);
  const uid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  const path = podPath(driver, qos, uid);
  const names = Array.from({ length: containers }, (_, c) => containerName(driver, hexOf(`pod ${n} container ${c}`)));
  return { uid, qos, path, containers: names.map((name) => `${path}/${name}`) };
}

/** The parents of all pods, outermost first. */
export function podParents(driver: Driver): readonly string[] {
  return driver === 'cgroupfs'
    ? ['kubepods', 'kubepods/burstable', 'kubepods/besteffort']
    : ['kubepods.slice', 'kubepods.slice/kubepods-burstable.slice', 'kubepods.slice/kubepods-besteffort.slice'];
}

function podPath(driver: Driver, qos: Qos, uid: string): string {
  if (driver === 'cgroupfs') return qos === 'guaranteed' ? `kubepods/pod${uid}` : `kubepods/${qos}/pod${uid}`;
  const flat = uid.replaceAll('-', '_');
  return qos === 'guaranteed'
    ? `kubepods.slice/kubepods-pod${flat}.slice`
    : `kubepods.slice/kubepods-${qos}.slice/kubepods-${qos}-pod${flat}.slice`;
}

function containerName(driver: Driver, id: string): string {
  return driver === 'cgroupfs' ? id : `cri-containerd-${id}.scope`;
}

function hexOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}
