import type { Captured } from '../base/report-of.ts';
import { UserError } from '../children/collect.ts';
import { type ProfileRequest, takeProfile, warnOfInsecure } from './take-profile.ts';

/** Takes the profile that a report or a snapshot is to hold, where one was asked for. Throws {@link UserError}. */
export async function profileForReport(request: ProfileRequest | undefined): Promise<Captured> {
  if (request === undefined) return {};
  warnOfInsecure(request);
  const taken = await takeProfile(request, { signal: new AbortController().signal, onProgress: () => {} });
  if ('failed' in taken) throw new UserError(taken.failed);
  return { profile: taken };
}
