import type { EpochMs } from '../../core/clock.ts';
import { isMissing } from '../../core/missing.ts';
import { WrongUsage } from '../base/wrong-usage.ts';

import type { Player } from './player.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * The moment that a person named: `14:03` or `14:03:22` (the last time the clock showed that, in the recording),
 * `-5m` (before its end), or a date and time of RFC 3339 (`2026-11-23T14:03`, local unless it says otherwise). Throws
 * {@link WrongUsage} for anything else.
 */
export function timeOf(text: string, player: Pick<Player, 'first' | 'last'>): EpochMs {
  const last = player.last();
  if (isMissing(last)) throw new WrongUsage(last.detail ?? last.unavailable);
  const wanted = text.trim();
  const [, amount, unit = ''] = /^-(\d+(?:\.\d+)?)([smhd])$/.exec(wanted) ?? [];
  if (amount !== undefined) return last.at - Number(amount) * (UNIT_MS[unit] ?? 0);
  const [, hours, minutes, seconds] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(wanted) ?? [];
  if (hours !== undefined && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds ?? 0) < 60) {
    const day = new Date(last.at);
    day.setHours(Number(hours), Number(minutes), Number(seconds ?? 0), 0);
    if (day.getTime() > last.at) day.setDate(day.getDate() - 1);
    return day.getTime();
  }
  const at = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(wanted) ? Date.parse(wanted.replace(' ', 'T')) : Number.NaN;
  if (Number.isFinite(at)) return at;
  throw new WrongUsage(`"${text}" is no time: give 14:03, -5m or 2026-11-23T14:03`);
}
