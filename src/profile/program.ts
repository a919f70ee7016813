import { isMissing } from '../core/missing.ts';
import type { Profile } from './profile.ts';

/** What program a profile was taken of, told by its functions: a file can have any name. */
export type Program = 'kubelet' | 'cadvisor' | 'other' | 'no-symbols';

/**
 * `kubelet` also for those that contain one (hyperkube, k3s, rke2, k0s, kubelite, openshift); `cadvisor` for the stand-alone
 * program; `no-symbols` where the profile names no functions, so that it tells nothing.
 */
export function programOf(profile: Profile): Program {
  const named = profile.functions.filter((name) => !/^(?:\[.*\]|<unknown>)$/.test(name));
  if (named.length === 0) return 'no-symbols';
  if (named.some((name) => /(?:^|\/)kubernetes\/(?:pkg|cmd)\/kubelet[./]/.test(name))) return 'kubelet';
  return named.some((name) => name.includes('google/cadvisor/')) ? 'cadvisor' : 'other';
}

/** The file name of the profiled program, or what stands for it. */
export function executableName(profile: Profile): string {
  const { executable } = profile;
  return isMissing(executable) ? 'an unnamed program' : executable.slice(executable.lastIndexOf('/') + 1);
}
