/**
 * Words that stay where they are in running text although a pod, namespace or node may be named so: kernel, systemd and
 * kubelet write them into paths and tables, and a text without them could no longer be parsed. Where a name can only
 * be a name (the folders of `/var/log/pods`, the host name's own file), these are replaced as well.
 */
const WORDS =
  'absent active agent anon besteffort bin blkio blocked burstable cache cgroup cgroup2 cgroupfs comm config containerd ' +
  'containers cpu cpuacct cpuset cri crio debug default denied dentry dev devices dirty docker dockerd etc exe fd file ' +
  'freezer fs guaranteed home host hugetlb hybrid hyperkube inactive init inode io k0s k3s kernel kube kubelet kubelite ' +
  'kubepods kworker lib linux local localhost log machine memory microshift misc mounts net node openshift pids pod pods proc process rdma ' +
  'rke2 root ro run running runc rw sbin scope self server service slab slice start stat status sys system systemd task test ' +
  'tmp unified user usr v1 v2 var worker';

/** Programs that every cluster has: which of them is busy matters, and tells nobody whose cluster it is. */
const PUBLIC =
  'calico-node cilium-agent containerd-shim coredns cri-dockerd crio-conmon etcd flanneld kube-apiserver ' +
  'kube-controller-manager kube-proxy kube-scheduler';

const STAYING: ReadonlySet<string> = new Set([...WORDS.split(' '), ...PUBLIC.split(' ')]);

/** Shorter names would be found inside of everything. */
const SHORTEST = 3;

/** Whether a name can be looked for in running text without harm. */
export function isDistinctive(name: string): boolean {
  return name.length >= SHORTEST && !STAYING.has(name.toLowerCase()) && !/^[0-9.]+$/.test(name);
}
