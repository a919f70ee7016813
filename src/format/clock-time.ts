import type { EpochMs } from '../core/clock.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** Time of day on this machine: `14:03:22`. */
export function clockTime(at: EpochMs): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** How far local time is from UTC: `+08:00`. */
export function utcOffset(at: EpochMs): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const absolute = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}

/** RFC 3339 with the offset of this machine: `2026-11-23T14:03:22+08:00`. */
export function rfc3339(at: EpochMs): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${clockTime(at)}${utcOffset(at)}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Day on this machine, for what may be days ago: `23 Nov`. */
export function monthAndDay(at: EpochMs): string {
  const date = new Date(at);
  return `${String(date.getDate()).padStart(2)} ${MONTHS[date.getMonth()]}`;
}
