import { isMissing } from '../../src/core/missing.ts';
import { decodeProfile } from '../../src/profile/pprof.ts';
import type { Profile } from '../../src/profile/profile.ts';

/** The profile in bytes that hold one; a test that hands in anything else fails with the reason. */
export function decoded(bytes: Uint8Array): Profile {
  const profile = decodeProfile(bytes);
  if (isMissing(profile)) throw new Error(profile.detail);
  return profile;
}
