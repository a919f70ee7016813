/*
 * The flags of programs that run a kubelet, by what may be kept of them. A value that is no path, number, address or
 * name of a setting is in none of these lists: tokens, passwords and keys, data sources, headers, and whatever a flag
 * that is not documented may hold.
 *
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/ (and its pages since 1.5)
 * https://docs.k3s.io/cli/server, https://docs.k3s.io/cli/agent, https://docs.rke2.io/reference/server_config
 * https://docs.k0sproject.io/stable/cli/k0s_worker/, https://github.com/containerd/containerd/blob/main/docs/man
 */

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Flags of which the value cannot be a secret; without `=` it is the next word. */
export const VALUE_FLAGS = set(`
  address application-metrics-count-limit allowed-unsafe-sysctls authentication-token-webhook-cache-ttl authorization-mode
  authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl azure-container-registry-config
  bootstrap-checkpoint-path bootstrap-kubeconfig boot-id-file cadvisor-port cert-dir cgroup-driver cgroup-root
  chaos-chance client-ca-file cloud-config cloud-provider cluster-dns cluster-domain cni-bin-dir cni-cache-dir cni-conf-dir
  config config-dir configure-cbr0 container-hints container-log-max-files container-log-max-size container-runtime
  container-runtime-endpoint containerd containerd-namespace cpu-cfs-quota-period cpu-manager-policy
  cpu-manager-policy-options cpu-manager-reconcile-period docker-endpoint docker-exec-handler docker-root
  dynamic-config-dir enforce-node-allocatable event-burst event-qps event-storage-age-limit event-storage-event-limit
  eviction-hard eviction-max-pod-grace-period eviction-minimum-reclaim eviction-pressure-transition-period eviction-soft
  eviction-soft-grace-period experimental-bootstrap-kubeconfig experimental-mounter-path experimental-qos-reserved
  feature-gates file-check-frequency global-housekeeping-interval hairpin-mode healthz-bind-address healthz-port
  host-ipc-sources host-network-sources host-pid-sources hostname-override housekeeping-interval http-check-frequency
  image-credential-provider-bin-dir image-credential-provider-config image-gc-high-threshold image-gc-low-threshold
  image-pull-progress-deadline image-service-endpoint iptables-drop-bit iptables-masquerade-bit kube-api-burst
  kube-api-content-type kube-api-qps kube-reserved kube-reserved-cgroup kubeconfig kubelet-cgroups lock-file log-cadvisor-usage
  log-backtrace-at log-dir log-file log-file-max-size log-flush-frequency log-text-info-buffer-size logging-format
  low-diskspace-threshold-mb machine-id-file manifest-url master-service-namespace max-open-files max-per-pod-container-count
  max-pods maximum-dead-containers maximum-dead-containers-per-container memory-manager-policy minimum-container-ttl-duration
  minimum-image-ttl-duration network-plugin network-plugin-dir network-plugin-mtu node-ip node-labels
  node-status-max-images node-status-update-frequency non-masquerade-cidr oom-score-adj outofdisk-transition-frequency
  pod-cidr pod-infra-container-image pod-manifest-path pod-max-pids pods-per-core port provider-id qos-reserved
  read-only-port register-with-taints registry-burst registry-qps reserved-cpus reserved-memory resolv-conf resource-container
  rkt-api-endpoint rkt-path root-dir runtime-cgroups runtime-request-timeout seccomp-profile-root show-hidden-metrics-for-version stderrthreshold
  storage-driver-buffer-duration storage-driver-db storage-driver-host storage-driver-table streaming-connection-idle-timeout
  sync-frequency system-cgroups system-container system-reserved system-reserved-cgroup tls-cert-file tls-cipher-suites
  tls-min-version tls-private-key-file topology-manager-policy topology-manager-policy-options topology-manager-scope v
  vmodule volume-plugin-dir volume-stats-agg-period

  advertise-address advertise-port agent-token-file airgap-extra-registry api-servers bind-address cluster-cidr
  control-plane-resource-limits control-plane-resource-requests cni data-dir datastore-cafile
  datastore-certfile datastore-keyfile default-local-storage-path default-runtime disable egress-selector-mode
  etcd-s3-bucket etcd-s3-endpoint etcd-s3-endpoint-ca etcd-s3-folder etcd-s3-region etcd-s3-timeout etcd-snapshot-dir
  etcd-snapshot-name etcd-snapshot-retention etcd-snapshot-schedule-cron flannel-backend flannel-cni-conf flannel-conf
  flannel-iface helm-job-image https-listen-port kubelet-certificate-authority kubelet-path lb-server-port log node-external-ip
  node-name node-taint pause-image pod-security-admission-config-file private-registry profile server service-cidr
  service-node-port-range servicelb-namespace snapshotter system-default-registry tls-san token-file vpn-auth-file
  write-kubeconfig write-kubeconfig-group write-kubeconfig-mode

  api-server cidr-range cri-socket debugListenOn disable-components iptables-mode k0s-cloud-provider-port
  k0s-cloud-provider-update-frequency kubelet-root-dir labels logging run-dir status-socket taints

  id log-level namespace publish-binary root state workdir
`);

/** Flags that are on or off: a word behind one is not its value. */
export const SWITCHES = set(`
  allow-privileged alsologtostderr anonymous-auth authentication-token-webhook babysit-daemons
  cgroups-per-qos containerized contention-profiling cpu-cfs-quota docker-disable-shared-root
  docker-only docker-tls enable-cadvisor-json-endpoints enable-controller-attach-detach enable-custom-metrics
  enable-debugging-handlers enable-load-reader enable-server exit-on-lock-contention experimental-allocatable-ignore-eviction
  experimental-check-node-capabilities-before-mount experimental-dockershim experimental-fail-swap-on
  experimental-kernel-memcg-notification fail-swap-on help keep-terminated-pod-volumes kernel-memcg-notification
  local-storage-capacity-isolation log-file-json logtostderr make-iptables-util-chains one-output
  protect-kernel-defaults reconcile-cidr redirect-container-streaming really-crash-for-testing register-node
  register-schedulable rotate-certificates rotate-server-certificates runonce seccomp-default serialize-image-pulls
  skip-headers skip-log-headers version windows-service

  cluster-init cluster-reset debug disable-agent disable-apiserver disable-cloud-controller disable-controller-manager
  disable-etcd disable-helm-controller disable-kube-proxy disable-network-policy disable-scheduler docker
  embedded-registry enable-pprof enable-servicelb etcd-disable-snapshots etcd-expose-metrics etcd-s3 etcd-s3-insecure
  etcd-s3-skip-ssl-verify etcd-snapshot-compress flannel-external-ip flannel-ipv6-masq multi-cluster-cidr nonroot
  prefer-bundled-bin rootless secrets-encryption selinux supervisor-metrics tls-san-security

  disable-telemetry enable-cloud-provider enable-dynamic-config enable-k0s-cloud-provider enable-metrics-scraper enable-worker
  ignore-pre-flight-checks no-taints single verbose
`);

/** Flags that hand flags on to a part of the program: `--kubelet-arg=max-pods=110`. */
export const NESTING_FLAGS = set(`
  etcd-arg kube-apiserver-arg kube-cloud-controller-manager-arg kube-controller-manager-arg kube-proxy-arg
  kube-scheduler-arg kubelet-arg kubelet-extra-args
`);

/** Words behind a program's name that say what it does. */
export const SUBCOMMANDS = set(`
  agent apiserver controller daemon init kubelet kube-proxy master node proxy run server single start worker
`);
