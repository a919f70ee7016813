/** A process that is known to be busy on such nodes, and what it is then known for. */
interface KnownProcess {
  /** The kernel's name of it (comm), at most 15 bytes. */
  readonly comm: RegExp;
  readonly knownFor: string;
}

/**
 * Sources: PID 1 https://github.com/systemd/systemd/issues/16728 and 8703, with the mounts of runc
 * https://github.com/opencontainers/runc/issues/3973; runc at every exec probe
 * https://github.com/kubernetes/kubernetes/issues/82440; kswapd and kcompactd Documentation/mm/ of the kernel.
 */
const KNOWN: readonly KnownProcess[] = [
  {
    comm: /^(?:systemd|init)$/,
    knownFor: 'it reads the whole mount table again with each mount and unmount, as of volumes and exec probes',
  },
  { comm: /^systemd-(?:udevd|logind)$/, knownFor: 'every device, mount and session that comes and goes asks for it' },
  {
    comm: /^(?:runc|crun|containerd-shim|conmon)/,
    knownFor: 'it runs at each start of a container and each exec probe',
  },
  {
    comm: /^(?:dockerd|docker-containe|docker|containerd|crio)$/,
    knownFor: 'starts of containers, exec probes and questions for statistics all go through it',
  },
  {
    comm: /^(?:fluentd|fluent-bit|filebeat|promtail|vector|logstash|td-agent|rsyslogd|systemd-journal|journald)/,
    knownFor: 'it takes in every line that the containers log',
  },
  {
    comm: /^(?:cadvisor|node_exporter|telegraf|metricbeat|datadog|process-agent|netdata|atop)/,
    knownFor: 'it reads counters of every process or cgroup again and again',
  },
  {
    comm: /^(?:kubelet|hyperkube|k3s|kubelite|openshift|microshift)/,
    knownFor: 'another kubelet reads every cgroup below it, too',
  },
  { comm: /^kube-proxy$/, knownFor: 'it writes all rules of services again when endpoints change' },
  { comm: /^kswapd/, knownFor: 'the kernel frees memory page by page, dentries and dying cgroups among it' },
  { comm: /^kcompactd/, knownFor: 'the kernel moves pages to make room for large ones' },
];

/** What a process of this name is known for; `undefined` for all others: a busy workload is no fault of the node. */
export function knownFor(comm: string): string | undefined {
  return KNOWN.find((each) => each.comm.test(comm))?.knownFor;
}
