import type { FamilyId } from '../../../src/diagnosis/kernel/families.ts';

/** A release string that a real machine or package has, and what the matrix has to answer. */
export interface ReleaseCase {
  readonly release: string;
  /** `ID` of os-release, where the string alone does not name its builder. */
  readonly osId?: string;
  readonly family: FamilyId;
  /**
   * One letter an item, in the order memory.stat, memory.numa_stat, memory.usage_in_bytes, slab, page-cache, memcg-ids:
   * A affected, F fixed, U unknown.
   */
  readonly expected: string;
  /** Where the string was seen and, where it is more than the string, what the answer rests on. */
  readonly source: string;
}

const CENTOS8 = 'linux-hardware.org, kernels seen on CentOS 8 notebooks';

export const RELEASES: readonly ReleaseCase[] = [
  // Unchanged kernel.org releases.
  {
    release: '4.4.155',
    family: 'mainline',
    expected: 'AAAAAF',
    source: 'the captured incident: source read, reads timed',
  },
  { release: '4.4.148', family: 'mainline', expected: 'AAAAAU', source: 'github.com/kopeio/kubernetes-kernel/pull/23' },
  { release: '4.4.121', family: 'mainline', expected: 'AAAAAU', source: 'github.com/kopeio/kubernetes-kernel/pull/19' },
  {
    release: '4.9.17',
    osId: 'ubuntu',
    family: 'mainline',
    expected: 'AAAAAF',
    source: 'github.com/linuxkit/linuxkit/pull/1372',
  },
  {
    release: '5.10.135',
    family: 'mainline',
    expected: 'FFFFAF',
    source: 'github.com/falcosecurity/kernel-crawler/pull/79, without os-release',
  },
  {
    release: '5.4.49-050449-generic',
    family: 'mainline',
    expected: 'FAFFAF',
    source: 'Ubuntu mainline build linux-headers-5.4.49-050449-generic 5.4.49-050449.202006241630; 5.4 source read',
  },
  // elrepo: mainline kernels packaged for RHEL.
  {
    release: '4.4.227-1.el7.elrepo.x86_64',
    family: 'elrepo',
    expected: 'AAAAAF',
    source: 'the incident that this tool was written for (CentOS 7.6, Kubernetes 1.18.8)',
  },
  {
    release: '4.4.235-1.el7.elrepo.x86_64',
    family: 'elrepo',
    expected: 'AAAAAF',
    source: 'github.com/kubernetes/kubernetes/issues/95792',
  },
  {
    release: '5.7.7-1.el8.elrepo.x86_64',
    family: 'elrepo',
    expected: 'FAFFAF',
    source: 'package list with kernel-ml-5.7.7-1.el8.elrepo.x86_64; numa_stat fixed only in 5.8',
  },
  { release: '5.8.11-1.el8.elrepo.x86_64', family: 'elrepo', expected: 'FFFFAF', source: CENTOS8 },
  { release: '5.9.12-1.el8.elrepo.x86_64', family: 'elrepo', expected: 'FFFFAF', source: CENTOS8 },
  { release: '5.13.7-1.el8.elrepo.x86_64', family: 'elrepo', expected: 'FFFFAF', source: CENTOS8 },
  // RHEL 6 and 7 and rebuilds.
  { release: '2.6.32-754.33.1.el6.x86_64', family: 'rhel', expected: 'UUUUAU', source: 'convert2rhel package tests' },
  {
    release: '3.10.0-327.36.2.el7.x86_64',
    family: 'rhel',
    expected: 'AFAAAU',
    source: 'linux-hardware.org, kernels seen on CentOS 7',
  },
  {
    release: '3.10.0-514.el7.x86_64',
    family: 'rhel',
    expected: 'AFAAAA',
    source: 'CentOS 7.3.1611 (builder@kbuilder.dev.centos.org); RHEL 7.3 source read',
  },
  {
    release: '3.10.0-862.el7.x86_64',
    family: 'rhel',
    expected: 'AFAAAA',
    source: 'RHEL 7.5 (Maipo); package changelog has private ids from -917',
  },
  { release: '3.10.0-862.11.6.el7.x86_64', family: 'rhel', expected: 'AFAAAU', source: 'CentOS 7 boot menu' },
  {
    release: '3.10.0-957.21.3.el7.x86_64',
    family: 'rhel',
    expected: 'AFAAAF',
    source: 'github.com/kubernetes/kubernetes/issues/95792',
  },
  {
    release: '3.10.0-1160.el7.x86_64',
    family: 'rhel',
    expected: 'AFAAAF',
    source: 'CentOS 7.9.2009; RHEL 7.9 source read',
  },
  { release: '3.10.0-1160.36.2.el7.x86_64', family: 'rhel', expected: 'AFAAAF', source: 'CentOS 7 boot menu' },
  // RHEL 8 and rebuilds, on both sides of -147, -176 and -240.
  { release: '4.18.0-80.el8.x86_64', family: 'rhel', expected: 'AAAUAF', source: CENTOS8 },
  { release: '4.18.0-80.11.2.el8_0.x86_64', family: 'rhel', expected: 'UUUUAF', source: CENTOS8 },
  { release: '4.18.0-147.el8.x86_64', family: 'rhel', expected: 'AAAFAF', source: `${CENTOS8}; RHEL 8.1 source read` },
  { release: '4.18.0-147.6.el8.x86_64', family: 'rhel', expected: 'UUUFAF', source: CENTOS8 },
  {
    release: '4.18.0-147.3.1.el8_1.x86_64',
    family: 'rhel',
    expected: 'UUUFAF',
    source: 'github.com/kubernetes/kubernetes/issues/101724',
  },
  { release: '4.18.0-147.8.1.el8_1.x86_64', family: 'rhel', expected: 'UUUFAF', source: CENTOS8 },
  { release: '4.18.0-151.el8.x86_64', family: 'rhel', expected: 'UAUFAF', source: CENTOS8 },
  {
    release: '4.18.0-177.el8.x86_64',
    family: 'rhel',
    expected: 'FAUFAF',
    source: `${CENTOS8}; memory.stat reported fixed from -176`,
  },
  { release: '4.18.0-193.el8.x86_64', family: 'rhel', expected: 'FAUFAF', source: CENTOS8 },
  { release: '4.18.0-193.14.2.el8_2.x86_64', family: 'rhel', expected: 'FUUFAF', source: CENTOS8 },
  {
    release: '4.18.0-193.28.1.el8_2.x86_64',
    family: 'rhel',
    expected: 'FUUFAF',
    source: 'RHEL 8.2 TUS package list, kernel-4.18.0-193.28.1.el8_2',
  },
  {
    release: '4.18.0-240.el8.x86_64',
    osId: 'centos',
    family: 'rhel',
    expected: 'FAFFAF',
    source: 'RHEL 8.3 (Ootpa); source read',
  },
  { release: '4.18.0-240.22.1.el8_3.x86_64', family: 'rhel', expected: 'FUFFAF', source: CENTOS8 },
  { release: '4.18.0-305.3.1.el8.x86_64', family: 'rhel', expected: 'FUFFAF', source: CENTOS8 },
  {
    release: '4.18.0-348.2.1.el8_5.x86_64',
    family: 'rhel',
    expected: 'FUFFAF',
    source: 'linux-hardware.org, kernels seen on CentOS 8',
  },
  {
    release: '4.18.0-477.10.1.el8_8.x86_64',
    osId: 'ol',
    family: 'rhel',
    expected: 'FUFFAF',
    source: 'github.com/falcosecurity/kernel-crawler/pull/138, Oracle Linux 8 without UEK',
  },
  {
    release: '4.18.0-553.el8_10.x86_64',
    osId: 'rocky',
    family: 'rhel',
    expected: 'FUFFAF',
    source: 'Rocky Linux 8.10 (Green Obsidian)',
  },
  {
    release: '4.18.0-553.el8_10.aarch64',
    family: 'rhel',
    expected: 'FUFFAF',
    source: 'kernel log of an aarch64 machine, "Tainted: G OE 4.18.0-553.el8_10.aarch64 #1"',
  },
  {
    release: '4.18.0-193.6.3.el8_2.v1.2.x86_64',
    family: 'other',
    expected: 'UUUUAF',
    source: 'a rebuild with changes of its own, named in an eBPF source',
  },
  // RHEL 9 and 10.
  {
    release: '5.14.0-293.el9',
    family: 'rhel',
    expected: 'FFFFAF',
    source: 'github.com/systemd/systemd-centos-ci/pull/619',
  },
  {
    release: '5.14.0-362.24.1.el9_3.x86_64',
    family: 'rhel',
    expected: 'FFFFAF',
    source: 'github.com/portworx/px-fuse/pull/383',
  },
  { release: '5.14.0-596.el9', family: 'rhel', expected: 'FFFFAF', source: 'github.com/dynup/kpatch/pull/1468' },
  {
    release: '6.12.0-55.el10.x86_64',
    osId: 'rhel',
    family: 'rhel',
    expected: 'FFFFUF',
    source: 'RHEL 10.0 (Coughlan)',
  },
  // Oracle UEK.
  {
    release: '4.1.12-37.2.2.el7uek.x86_64',
    family: 'uek',
    expected: 'UUUUAU',
    source: 'github.com/oracle/docker-images/issues/100',
  },
  {
    release: '4.1.12-124.16.4.el6uek.x86_64',
    family: 'uek',
    expected: 'UUUUAU',
    source: 'Oracle Linux Server release 6.10 in a TLS test table',
  },
  {
    release: '4.14.35-1902.8.4.el7uek.x86_64',
    family: 'uek',
    expected: 'UUUUAF',
    source: 'github.com/rancher/rancher/issues/25192',
  },
  {
    release: '5.4.17-2136.300.7.el8uek.x86_64',
    family: 'uek',
    expected: 'FUFFAF',
    source: 'linux-hardware.org, kernels seen on Oracle Linux 8',
  },
  {
    release: '5.15.0-100.96.32.el8uek.x86_64',
    family: 'uek',
    expected: 'FFFFAF',
    source: 'github.com/falcosecurity/kernel-crawler/pull/138',
  },
  {
    release: '5.15.0-101.103.2.1.el9uek.x86_64',
    family: 'uek',
    expected: 'FFFFAF',
    source: 'github.com/falcosecurity/kernel-crawler/pull/138',
  },
  // Amazon Linux.
  {
    release: '4.9.62-10.57.amzn2.x86_64',
    family: 'amazon',
    expected: 'UUUUAF',
    source: 'github.com/falcosecurity/test-infra, driverkit/config',
  },
  {
    release: '4.14.154-128.181.amzn2.x86_64',
    family: 'amazon',
    expected: 'UUUUAF',
    source: 'github.com/aws/containers-roadmap/issues/175',
  },
  {
    release: '4.14.186-146.268.amzn2.x86_64',
    family: 'amazon',
    expected: 'UUUUAF',
    source: 'github.com/falcosecurity/test-infra/pull/161',
  },
  {
    release: '4.14.214-160.339.amzn2.x86_64',
    family: 'amazon',
    expected: 'UUUUAF',
    source: 'github.com/projectcalico/vpp-dataplane/pull/131',
  },
  {
    release: '5.4.181-99.354.amzn2.x86_64',
    family: 'amazon',
    expected: 'FUFFAF',
    source: 'github.com/falcosecurity/test-infra/pull/655',
  },
  {
    release: '5.10.236-228.935.amzn2.x86_64',
    family: 'amazon',
    expected: 'FFFFAF',
    source: 'github.com/longhorn/longhorn/issues/10880',
  },
  {
    release: '6.1.150-174.273.amzn2023',
    family: 'amazon',
    expected: 'FFFFAF',
    source: 'github.com/awslabs/amazon-eks-ami/issues/2454',
  },
  // Ubuntu.
  {
    release: '4.4.0-38-generic',
    family: 'ubuntu',
    expected: 'UUUUAU',
    source: 'github.com/kubernetes/kubernetes/pull/46646',
  },
  { release: '4.10.0-24-generic', family: 'ubuntu', expected: 'UUUUAF', source: 'github.com/moby/moby/issues/29638' },
  {
    release: '4.15.0-112-generic',
    family: 'ubuntu',
    expected: 'UUUUAF',
    source: 'kind node listing; "#113-Ubuntu SMP Thu Jul 9 23:41:39 UTC 2020"',
  },
  {
    release: '5.4.0-42-generic',
    family: 'ubuntu',
    expected: 'FUFFAF',
    source: '"#46-Ubuntu SMP Fri Jul 10 00:24:02 UTC 2020", Ubuntu 20.04',
  },
  {
    release: '5.4.0-1027-gke',
    family: 'ubuntu',
    expected: 'FUFFAF',
    source: 'version test of a Go program for GKE nodes',
  },
  {
    release: '5.4.0-1045-aws',
    family: 'ubuntu',
    expected: 'FUFFAF',
    source: '"#47-Ubuntu SMP Tue Apr 13 07:02:25 UTC 2021"',
  },
  {
    release: '5.4.0-1077-azure',
    family: 'ubuntu',
    expected: 'FUFFAF',
    source: 'Ubuntu 18.04.6 LTS login banner on Azure; linux-image-5.4.0-1077-azure',
  },
  { release: '5.15.0-1075-azure', family: 'ubuntu', expected: 'FFFFAF', source: 'github.com/Azure/AKS/issues/4726' },
  {
    release: '6.8.0-1042-gke',
    family: 'ubuntu',
    expected: 'FFFFAF',
    source: 'github.com/kubearmor/KubeArmor/issues/2505',
  },
  // Debian, its cloud kernels and backports.
  {
    release: '3.16-0.bpo.2-amd64',
    family: 'debian',
    expected: 'UUUUAU',
    source: 'user agent log, Debian wheezy-backports',
  },
  {
    release: '4.9.0-7-amd64',
    family: 'debian',
    expected: 'UUUUAF',
    source: 'github.com/kubernetes/kubernetes/issues/61937 (k8s-1.11-debian-stretch image)',
  },
  { release: '4.19.0-18-amd64', family: 'debian', expected: 'UUUUAF', source: '"Debian 4.19.208-1 (2021-09-29)"' },
  {
    release: '4.19.0-11-cloud-amd64',
    family: 'debian',
    expected: 'UUUUAF',
    source: '"Debian 4.19.146-1 (2020-09-17)"',
  },
  {
    release: '5.4.0-0.bpo.3-amd64',
    family: 'debian',
    expected: 'FUFFAF',
    source: 'linux-hardware.org, kernels seen on Debian',
  },
  {
    release: '5.8.0-0.bpo.2-amd64',
    family: 'debian',
    expected: 'FFFFAF',
    source: 'linux-hardware.org, kernels seen on Debian 10',
  },
  {
    release: '5.10.0-8-amd64',
    family: 'debian',
    expected: 'FFFFAF',
    source: 'Debian GNU/Linux 11 (bullseye) in a support table',
  },
  { release: '6.1.0-18-cloud-amd64', family: 'debian', expected: 'FFFFAF', source: '"Debian 6.1.76-1 (2024-02-01)"' },
  {
    release: '6.12.90+deb13-cloud-amd64',
    family: 'debian',
    expected: 'FFFFUF',
    source: '"Debian 6.12.90-1 (2026-05-22)"',
  },
  {
    release: '6.12.9+bpo-cloud-amd64',
    family: 'debian',
    expected: 'FFFFUF',
    source: 'bookworm-backports of early 2025, in a list of reported releases',
  },
  // SUSE.
  {
    release: '4.12.14-122.37-default',
    family: 'suse',
    expected: 'UUUUAF',
    source: '"#1 SMP Sun Sep 6 05:00:36 UTC 2020", SLE12-SP5',
  },
  {
    release: '5.3.18-59.19-default',
    family: 'suse',
    expected: 'FUFFAF',
    source: 'github.com/Cray-HPE/docs-csm/pull/4162',
  },
  { release: '5.3.18-59.27-default', family: 'suse', expected: 'FUFFAF', source: 'kernel log, "SLE15-SP3"' },
  {
    release: '5.14.21-150400.24.88-default',
    family: 'suse',
    expected: 'FFFFAF',
    source: 'SUSE Linux Enterprise Server 15 SP4 inventory',
  },
  {
    release: '6.0.3-1-default',
    family: 'suse',
    expected: 'FFFFAF',
    source: 'linux-hardware.org, kernels seen on openSUSE',
  },
  // Container-Optimized OS, with os-release and without.
  { release: '4.19.112+', osId: 'cos', family: 'cos', expected: 'UUUUAF', source: 'GKE v1.15.12-gke.2 node listing' },
  { release: '5.4.49+', family: 'cos', expected: 'FUFFAF', source: 'GKE v1.18.12-gke.1210 node listing' },
  {
    release: '5.4.49+',
    osId: 'debian',
    family: 'other',
    expected: 'FUFFAF',
    source: 'the same string with the os-release of a Debian, as a tree built by hand would have',
  },
  {
    release: '6.12.55+',
    osId: 'cos',
    family: 'cos',
    expected: 'FFFFUF',
    source: 'github.com/kubearmor/KubeArmor/issues/2505',
  },
  // Container distributions.
  {
    release: '5.10.193-flatcar',
    family: 'flatcar',
    expected: 'FFFFAF',
    source: 'github.com/flatcar/scripts/pull/1096',
  },
  { release: '6.12.40-flatcar', family: 'flatcar', expected: 'FFFFUF', source: 'github.com/flatcar/scripts/pull/3145' },
  {
    release: '4.7.3-coreos-r2',
    family: 'coreos',
    expected: 'UUUUAU',
    source: 'CoreOS 1185.3.0 (MoreOS) machine description',
  },
  {
    release: '4.19.23-coreos-r1',
    family: 'coreos',
    expected: 'UUUUAF',
    source: '"#1 SMP Mon Feb 25 23:40:01 -00 2019"',
  },
  { release: '4.19.40-talos', family: 'talos', expected: 'UUUUAF', source: 'github.com/siderolabs/talos/pull/873' },
  {
    release: '4.19.76-linuxkit',
    family: 'linuxkit',
    expected: 'UUUUAF',
    source: 'github.com/opencontainers/runc/issues/2469',
  },
  {
    release: '5.10.135',
    osId: 'bottlerocket',
    family: 'bottlerocket',
    expected: 'FFFFAF',
    source: 'github.com/falcosecurity/kernel-crawler/pull/79',
  },
  {
    release: '5.15.59',
    osId: 'bottlerocket',
    family: 'bottlerocket',
    expected: 'FFFFAF',
    source: 'EKS node listing, Bottlerocket OS 1.11.1 (aws-k8s-1.24)',
  },
  {
    release: '6.12.37',
    osId: 'bottlerocket',
    family: 'bottlerocket',
    expected: 'FFFFUF',
    source: 'EKS node listing, Bottlerocket OS 1.44.0 (aws-k8s-1.33)',
  },
  {
    release: '4.19.154-3.ph3-esx',
    family: 'photon',
    expected: 'UUUUAF',
    source: 'Tanzu node listing, VMware Photon OS/Linux',
  },
  {
    release: '5.10.83-7.ph4-esx',
    family: 'photon',
    expected: 'FFFFAF',
    source: 'github.com/vmware/ansible-vsphere-gos-validation/pull/482',
  },
  {
    release: '5.15.116.1-2.cm2',
    family: 'azure-linux',
    expected: 'FFFFAF',
    source: 'AKS node listing, CBL-Mariner/Linux, v1.27.1',
  },
  {
    release: '5.15.157.mshv1-2.cm2',
    family: 'azure-linux',
    expected: 'FFFFAF',
    source: 'AKS confidential node pool listing, CBL-Mariner/Linux',
  },
  {
    release: '6.6.150.1-1.azl3',
    family: 'azure-linux',
    expected: 'FFFFAF',
    source: 'github.com/microsoft/azurelinux/issues/18443',
  },
  // Others.
  {
    release: '5.13.4-200.fc34.x86_64',
    family: 'fedora',
    expected: 'FFFFAF',
    source: 'ask.fedoraproject.org/t/laptop-freezes-after-kernel-bug/15757',
  },
  {
    release: '4.19.90-2003.4.0.0036.oe1.x86_64',
    family: 'openeuler',
    expected: 'UUUUAF',
    source: 'openEuler 20.03 boot log',
  },
  {
    release: '4.19.91-26.al7.x86_64',
    family: 'alibaba',
    expected: 'UUUUAF',
    source: 'driverkit example, Alibaba Cloud Linux 2',
  },
  {
    release: '4.19.104-microsoft-standard',
    family: 'wsl',
    expected: 'UUUUAF',
    source: 'github.com/microsoft/WSL/issues/8361',
  },
  {
    release: '5.15.90.1-microsoft-standard-WSL2',
    family: 'wsl',
    expected: 'FFFFAF',
    source: 'github.com/kubernetes-sigs/kind/issues/3179',
  },
  {
    release: '6.6.87.2-microsoft-standard-WSL2',
    family: 'wsl',
    expected: 'FFFFAF',
    source: '"#1 SMP PREEMPT_DYNAMIC Thu Jun 5 18:30", WSL2',
  },
  {
    release: '5.6.3-zen1-1-zen',
    family: 'other',
    expected: 'FUFFAF',
    source: 'linux-hardware.org, a vendor kernel',
  },
];
