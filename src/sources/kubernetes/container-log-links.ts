import type { Parsed } from '../../core/parsed.ts';

/** What a link in `/var/log/containers` names. */
export interface ContainerLink {
  readonly pod: string;
  readonly namespace: string;
  readonly container: string;
}

/**
 * Parses the names of the links in `/var/log/containers`, one a line, into names by container id: the only way from an
 * id to a name without the runtime. `etcd-node-7_kube-system_etcd-1b5a...64 digits...log` is pod, namespace, container
 * and id. kubelet cuts such a name at 255 bytes, id first: what has no whole id is ignored, as is anything else.
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/kuberuntime/legacy.go (logSymlink)
 */
export function parseContainerLogLinks(text: string): Parsed<ReadonlyMap<string, ContainerLink>> {
  const names = new Map<string, ContainerLink>();
  for (const line of text.split('\n')) {
    const [, pod, namespace, container, id] = LINK.exec(line) ?? [];
    if (pod === undefined || namespace === undefined || container === undefined || id === undefined) continue;
    names.set(id, { pod, namespace, container });
  }
  return { value: names, issues: [] };
}

const LINK = /^([^_/]+)_([^_/]+)_([^_/]+)-([0-9a-f]{64})\.log$/;
