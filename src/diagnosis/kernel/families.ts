import type { Version } from './version.ts';

/** Who built a kernel, as far as its release string tells. `other` has a mainline number and a suffix of its own. */
export type FamilyId =
  | 'mainline'
  | 'elrepo'
  | 'rhel'
  | 'uek'
  | 'fedora'
  | 'amazon'
  | 'ubuntu'
  | 'debian'
  | 'suse'
  | 'cos'
  | 'flatcar'
  | 'coreos'
  | 'talos'
  | 'bottlerocket'
  | 'photon'
  | 'azure-linux'
  | 'openeuler'
  | 'alibaba'
  | 'wsl'
  | 'linuxkit'
  | 'other'
  | 'unknown';

/**
 * How far a fact of the matrix holds for a family.
 *
 * - `mainline`: an unchanged kernel.org release, so what mainline has is what runs
 * - `rhel`: builds that were read or reported one by one; mainline's number says nothing there
 * - `patched`: mainline with patches of its own that nobody verified: past the mainline fix it is fixed (a vendor does
 *   not revert such a fix), before it only a measurement can tell
 */
export type Lineage = 'mainline' | 'rhel' | 'patched';

/** One builder of kernels: its name for people, and how its release strings are recognised. */
export interface Family {
  readonly id: FamilyId;
  readonly name: string;
  readonly lineage: Lineage;
  /** Tried on what follows the version number; the first family in the list that matches has it. */
  readonly suffix: RegExp;
  /** A further condition on the version number, where the suffix alone is ambiguous. */
  readonly base?: (base: Version) => boolean;
}

const RHEL_BASES: Readonly<Record<string, string>> = {
  '2.6.32': '6',
  '3.10.0': '7',
  '4.18.0': '8',
  '5.14.0': '9',
  '6.12.0': '10',
};

/** The RHEL major whose frozen kernel number this is (4.18.0 is RHEL 8), or undefined for any other number. */
export function rhelMajorOf(base: Version): string | undefined {
  return RHEL_BASES[base.join('.')];
}

const ARCHITECTURE = '(?:amd64|arm64|686|686-pae|armhf|armmp|ppc64el|s390x|riscv64)';
const UBUNTU_FLAVOUR =
  '(?:generic|lowlatency|virtual|server|aws|azure|gcp|gke|gkeop|ibm|oracle|kvm|oem|raspi2?|intel|nvidia|fips|realtime|hwe|kubevirt|eks)';

/**
 * Every family in the order in which it is tried: what carries a package tag first, then what carries a name, then the
 * bare forms. elrepo comes before RHEL because `4.4.227-1.el7.elrepo` is an unchanged mainline kernel for RHEL 7; so
 * is Ubuntu's mainline build (`5.4.49-050449-generic`).
 */
export const FAMILIES: readonly Family[] = [
  { id: 'elrepo', name: 'elrepo kernel-lt or kernel-ml', lineage: 'mainline', suffix: /\.el\d+\.elrepo(?:\.|$)/ },
  { id: 'uek', name: 'Oracle UEK', lineage: 'patched', suffix: /\.el\d+(?:_\d+)?uek(?:\.|$)/ },
  {
    id: 'rhel',
    name: 'RHEL or a rebuild of it (CentOS, Rocky, Alma, Oracle)',
    lineage: 'rhel',
    suffix:
      /^-\d[\w.]*\.el\d+(?:_\d+)?(?:\.(?:x86_64|aarch64|ppc64le|ppc64|s390x|i686|noarch))?(?:[.+](?:rt|debug|64k))?$/,
    base: (base) => rhelMajorOf(base) !== undefined,
  },
  { id: 'amazon', name: 'Amazon Linux', lineage: 'patched', suffix: /\.amzn\d+(?:\.|$)/ },
  { id: 'fedora', name: 'Fedora', lineage: 'patched', suffix: /\.fc\d+(?:\.|$)/ },
  { id: 'azure-linux', name: 'Azure Linux (CBL-Mariner)', lineage: 'patched', suffix: /\.(?:cm|azl)\d+(?:\.|$)/ },
  { id: 'photon', name: 'Photon OS', lineage: 'patched', suffix: /\.ph\d+(?:[.-]|$)/ },
  { id: 'openeuler', name: 'openEuler', lineage: 'patched', suffix: /\.oe\d+(?:sp\d+)?(?:\.|$)/ },
  {
    id: 'alibaba',
    name: 'Alibaba Cloud Linux or Anolis',
    lineage: 'patched',
    suffix: /\.(?:al|an)\d+(?:_\d+)?(?:\.|$)/,
  },
  { id: 'flatcar', name: 'Flatcar', lineage: 'patched', suffix: /^-flatcar(?:-r\d+)?$/ },
  { id: 'coreos', name: 'CoreOS Container Linux', lineage: 'patched', suffix: /^-coreos(?:-r\d+)?$/ },
  { id: 'talos', name: 'Talos', lineage: 'patched', suffix: /^-talos$/ },
  { id: 'linuxkit', name: 'LinuxKit (Docker Desktop)', lineage: 'patched', suffix: /^-linuxkit$/ },
  { id: 'wsl', name: 'WSL', lineage: 'patched', suffix: /-microsoft(?:-standard)?(?:-WSL2)?\+?$/i },
  {
    id: 'mainline',
    name: 'mainline, as Ubuntu builds it',
    lineage: 'mainline',
    suffix: /^-0[3-9]\d{4}(?:rc\d+)?-(?:generic|lowlatency)$/,
  },
  { id: 'suse', name: 'SUSE', lineage: 'patched', suffix: /^-[\d.]+-(?:default|preempt|vanilla|kvmsmall|64kb|pae)$/ },
  { id: 'suse', name: 'SUSE', lineage: 'patched', suffix: /^-\d+\.[\d.]+-(?:azure|rt)$/ },
  {
    id: 'debian',
    name: 'Debian',
    lineage: 'patched',
    suffix: new RegExp(
      `^(?:-\\d+|-0\\.(?:bpo|deb\\d+)\\.\\d+|\\+deb\\d+(?:\\+\\d+)?|\\+bpo(?:\\+\\d+)?)-(?:(?:cloud|rt)-)?${ARCHITECTURE}$`,
    ),
  },
  {
    id: 'ubuntu',
    name: 'Ubuntu',
    lineage: 'patched',
    suffix: new RegExp(`^-\\d+-${UBUNTU_FLAVOUR}(?:-[\\w.-]+)?$`),
    // Ubuntu leaves the stable patch level out of its release string: it is always x.y.0.
    base: (base) => (base[2] ?? 0) === 0,
  },
  { id: 'cos', name: 'Container-Optimized OS', lineage: 'patched', suffix: /^\+$/ },
  { id: 'mainline', name: 'mainline', lineage: 'mainline', suffix: /^(?:-rc\d+)?$/ },
];
