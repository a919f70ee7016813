import { type Maybe, missing } from '../../core/missing.ts';
import type { FamilyId } from './families.ts';
import type { KernelItem } from './items.ts';
import { KERNEL_MATRIX } from './matrix.ts';
import type { KernelRelease } from './release.ts';
import { isAtLeast, type Version } from './version.ts';

/** A kernel that a user of a family can move to, and the mainline number that decides what it has. */
interface Target {
  readonly kernel: string;
  readonly base: Version;
}

/**
 * In each family the kernels worth moving to, oldest first [K: which release ships which kernel]. They are past a
 * mainline fix by number, so that no backport has to be believed.
 */
const TARGETS: Readonly<Record<FamilyId, readonly Target[]>> = {
  mainline: [
    { kernel: 'a supported longterm kernel, 5.10 or later', base: [5, 10] },
    { kernel: 'Linux 7.1 or later', base: [7, 1] },
  ],
  elrepo: [
    { kernel: 'elrepo kernel-lt or kernel-ml 5.10 or later', base: [5, 10] },
    { kernel: 'elrepo kernel-ml 7.1 or later', base: [7, 1] },
  ],
  rhel: [{ kernel: 'RHEL 9 or a rebuild of it (5.14.0)', base: [5, 14] }],
  uek: [{ kernel: 'UEK release 7 (5.15.0)', base: [5, 15] }],
  fedora: [{ kernel: 'a supported Fedora release', base: [6, 0] }],
  amazon: [
    { kernel: 'Amazon Linux 2 with its 5.10 kernel', base: [5, 10] },
    { kernel: 'Amazon Linux 2023 (6.1)', base: [6, 1] },
  ],
  ubuntu: [
    { kernel: 'Ubuntu 20.04 (5.4)', base: [5, 4] },
    { kernel: 'Ubuntu 22.04 (5.15)', base: [5, 15] },
  ],
  debian: [{ kernel: 'Debian 11 (5.10) or later', base: [5, 10] }],
  suse: [
    { kernel: 'SUSE Linux Enterprise 15 SP2 (5.3.18)', base: [5, 3, 18] },
    { kernel: 'SUSE Linux Enterprise 15 SP4 (5.14.21)', base: [5, 14, 21] },
  ],
  cos: [
    { kernel: 'a Container-Optimized OS milestone with kernel 5.4', base: [5, 4] },
    { kernel: 'a Container-Optimized OS milestone with kernel 5.10 or later', base: [5, 10] },
  ],
  flatcar: [{ kernel: 'Flatcar with kernel 5.10 or later', base: [5, 10] }],
  coreos: [
    {
      kernel: 'Flatcar or Fedora CoreOS (CoreOS Container Linux is no longer made), kernel 5.10 or later',
      base: [5, 10],
    },
  ],
  talos: [{ kernel: 'Talos with kernel 5.10 or later', base: [5, 10] }],
  bottlerocket: [{ kernel: 'a Bottlerocket variant with kernel 5.10 or later', base: [5, 10] }],
  photon: [{ kernel: 'Photon OS 4.0 (5.10) or later', base: [5, 10] }],
  'azure-linux': [{ kernel: 'Azure Linux (CBL-Mariner 2.0 or later, 5.15)', base: [5, 15] }],
  openeuler: [{ kernel: 'openEuler 22.03 (5.10) or later', base: [5, 10] }],
  alibaba: [{ kernel: 'Alibaba Cloud Linux 3 (5.10)', base: [5, 10] }],
  wsl: [{ kernel: 'the kernel that `wsl --update` brings (5.15 or later)', base: [5, 15] }],
  linuxkit: [{ kernel: 'a Docker Desktop with kernel 5.10 or later', base: [5, 10] }],
  other: [{ kernel: 'a kernel based on Linux 5.10 or later', base: [5, 10] }],
  unknown: [],
};

/** RHEL 8 builds that were read and have the fix, so that a RHEL 7 or 8 node need not go as far as RHEL 9. */
const RHEL8_FIXED: Partial<Readonly<Record<KernelItem, string>>> = {
  'memory.stat': 'RHEL 8.3 or a rebuild of it (4.18.0-240 or later)',
  'memory.usage_in_bytes': 'RHEL 8.3 or a rebuild of it (4.18.0-240 or later)',
  slab: 'RHEL 8.1 or a rebuild of it (4.18.0-147 or later); 8.3 (4.18.0-240) also mends memory.stat',
};

/** The nearest kernel of `release`'s own family that has the fix of `item`; `absent` where no kernel of it is known to. */
export function upgradeFor(release: KernelRelease, item: KernelItem): Maybe<string> {
  if (release.family === 'rhel') {
    // RHEL 7.6 gave ids of their own to memcgs; nothing else of the matrix was ever mended within RHEL 7.
    if (release.rhelMajor === '7' && item === 'memcg-ids') return 'RHEL 7.6 (3.10.0-957) or later';
    const within = RHEL8_FIXED[item];
    if (within !== undefined) return within;
  }
  const fix = KERNEL_MATRIX[item].fix.release;
  const target = TARGETS[release.family].find(({ base }) => isAtLeast(base, fix));
  if (target !== undefined) return target.kernel;
  return missing('absent', `no kernel of this family is known to have the fix (mainline: ${fix.join('.')})`);
}
