/** QoS class of a pod, which decides where kubelet puts its cgroup. */
export type QosClass = 'guaranteed' | 'burstable' | 'besteffort';

/** A container as its cgroup names it. */
interface ContainerOfPath {
  /** The 64 hex digits that the runtime gave. */
  readonly id: string;
  /** The runtime that the systemd scope names; cgroupfs names carry none. */
  readonly runtime?: 'containerd' | 'cri-o' | 'docker';
}

/**
 * What kubelet made this cgroup for.
 *
 * - `root`: the parent of all pods; `qos`: the parent of a QoS class
 * - `pod`, `container`: what they say
 * - `nested`: inside a pod, but not kubelet's: the monitor of CRI-O (`crio-conmon-*`), cgroups that a workload made for
 *   itself. `container` is missing there if the cgroup hangs on the pod itself.
 */
export type KubepodsPath =
  | { readonly kind: 'root' }
  | { readonly kind: 'qos'; readonly qos: QosClass }
  | { readonly kind: 'pod'; readonly qos: QosClass; readonly podUid: string }
  | { readonly kind: 'container'; readonly qos: QosClass; readonly podUid: string; readonly container: ContainerOfPath }
  | { readonly kind: 'nested'; readonly qos: QosClass; readonly podUid: string; readonly container?: ContainerOfPath };

/**
 * Parses the path of a cgroup, from either cgroup driver and either cgroup version:
 *
 * - cgroupfs: `/kubepods/burstable/pod<uid>/<id>`
 * - systemd: `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod<uid, _ for ->.slice/cri-containerd-<id>.scope`
 * - kubelet on systemd, runtime on cgroupfs: a last part of `kubepods-burstable-pod<uid>.slice:cri-containerd:<id>`
 *
 * Parts before kubelet's own root are skipped (kind and `--cgroup-root` add some). A cluster inside a pod (kind in a
 * pod) belongs to the outer pod: that is the one this node's kubelet knows. Guaranteed pods have no QoS part.
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/cm/cgroup_manager_linux.go
 */
export function parseKubepodsPath(path: string): KubepodsPath | 'not-kubernetes' {
  // Almost every other cgroup of a node ends here, without a split.
  if (!path.includes('kubepods')) return 'not-kubernetes';
  const parts = path.split('/');
  let found: KubepodsPath | 'not-kubernetes' = 'not-kubernetes';
  for (const part of parts) {
    found = step(found, part);
  }
  return found;
}

function step(above: KubepodsPath | 'not-kubernetes', part: string): KubepodsPath | 'not-kubernetes' {
  if (above === 'not-kubernetes') return ROOT.test(part) ? { kind: 'root' } : (podOfSlice(part) ?? above);
  switch (above.kind) {
    case 'root':
      return qosOfPart(part) ?? podOfPart(part, 'guaranteed') ?? podOfSlice(part) ?? 'not-kubernetes';
    case 'qos':
      return podOfPart(part, above.qos) ?? podOfSlice(part) ?? 'not-kubernetes';
    case 'pod': {
      const container = containerOfPart(part);
      const { qos, podUid } = above;
      return container === undefined ? { kind: 'nested', qos, podUid } : { kind: 'container', qos, podUid, container };
    }
    default:
      return { ...above, kind: 'nested' };
  }
}

const UID = '[0-9a-fA-F]{8}(?:[-_][0-9a-fA-F]{4}){3}[-_][0-9a-fA-F]{12}|[0-9a-fA-F]{32}';
const ID = '[0-9a-f]{64}';
const ROOT = /^(?:kubepods|(?:.+-)?kubepods\.slice)$/;
const QOS = /^(?:(?:.+-)?kubepods-)?(burstable|besteffort)(?:\.slice)?$/;
const POD = new RegExp(`^pod(${UID})$`);
const POD_SLICE = new RegExp(
  `(?:^|-)kubepods(?:-(burstable|besteffort))?-pod(${UID})\\.slice(?::(cri-containerd|crio|docker):(${ID}))?$`,
);
const CONTAINER = new RegExp(`^(?:(cri-containerd|crio|docker)-)?(${ID})(?:\\.scope)?$`);

function qosOfPart(part: string): KubepodsPath | undefined {
  const qos = qosOf(QOS.exec(part)?.[1]);
  return qos === 'guaranteed' ? undefined : { kind: 'qos', qos };
}

function podOfPart(part: string, qos: QosClass): KubepodsPath | undefined {
  const podUid = POD.exec(part)?.[1];
  return podUid === undefined ? undefined : { kind: 'pod', qos, podUid };
}

function podOfSlice(part: string): KubepodsPath | undefined {
  const [, qosWord, uid, runtime, id] = POD_SLICE.exec(part) ?? [];
  if (uid === undefined) return undefined;
  const qos = qosOf(qosWord);
  const podUid = uid.replaceAll('_', '-');
  if (id === undefined) return { kind: 'pod', qos, podUid };
  return { kind: 'container', qos, podUid, container: container(id, runtime) };
}

function containerOfPart(part: string): ContainerOfPath | undefined {
  const [, runtime, id] = CONTAINER.exec(part) ?? [];
  return id === undefined ? undefined : container(id, runtime);
}

function container(id: string, prefix: string | undefined): ContainerOfPath {
  switch (prefix) {
    case 'cri-containerd':
      return { id, runtime: 'containerd' };
    case 'crio':
      return { id, runtime: 'cri-o' };
    case 'docker':
      return { id, runtime: 'docker' };
    default:
      return { id };
  }
}

function qosOf(word: string | undefined): QosClass {
  return word === 'burstable' || word === 'besteffort' ? word : 'guaranteed';
}
