import type { EpochMs } from '../../core/clock.ts';

/** RFC 3339 in UTC: a replay on a machine in another time zone prints the same bytes. */
export function encodeInstant(at: EpochMs): string {
  return new Date(at).toISOString();
}
