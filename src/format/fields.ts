import { isMissing, type Maybe } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import type { Unit } from '../model/fields/field.ts';
import { FIELDS, type FieldId } from '../model/fields.ts';
import { rfc3339 } from './clock-time.ts';
import { bytes, count, duration, percent, seconds, signed } from './quantity.ts';
import { reasonSentence } from './reason.ts';

/** A value as a field of the model or of the JSON document has it. */
export type FieldValue = Maybe<number | string | boolean>;

/** What stands before a value, or over its column. */
export function fieldTitle(id: FieldId): string {
  return FIELDS[id].title;
}

/** A value where there is room: `19,896`, `1.25 GiB`, `+182 MiB/h`; a reason stands with its detail. */
export function fieldText(id: FieldId, value: FieldValue): string {
  return isMissing(value) ? printable(reasonSentence(value)) : knownText(id, value);
}

/** Numbers stand at the right edge of their column, words at the left. */
export function fieldAlignment(id: FieldId): 'left' | 'right' {
  return LEFT.has(FIELDS[id].unit) ? 'left' : 'right';
}

const LEFT: ReadonlySet<Unit> = new Set(['text', 'label', 'flag', 'time']);

/** Long stretches read better in days and hours than in seconds. */
const STRETCHES: ReadonlySet<FieldId> = new Set([
  'host.uptimeSeconds',
  'kubelet.uptimeSeconds',
  'probes.next[].inSeconds',
  'events[].seconds',
]);

/** Growth is told per hour: dying cgroups grow by hundreds an hour, and by a fraction each second. */
const GROWTHS: ReadonlySet<FieldId> = new Set([
  'slab.growthBytesPerSecond',
  'slab.caches[].growthBytesPerSecond',
  'dentry.growthPerSecond',
  'memcg.growthPerSecond',
]);

const SECONDS_PER_HOUR = 3600;

function knownText(id: FieldId, value: number | string | boolean): string {
  if (typeof value === 'string') return printable(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (STRETCHES.has(id)) return duration(value);
  if (id === 'node.loadAverage') return value.toFixed(2);
  const rate = GROWTHS.has(id) ? { seconds: SECONDS_PER_HOUR, per: '/h' } : { seconds: 1, per: '/s' };
  switch (FIELDS[id].unit) {
    case 'bytes':
      return bytes(value);
    case 'bytesPerSecond':
      return `${rated(value * rate.seconds, bytes, GROWTHS.has(id))}${rate.per}`;
    case 'count':
      return count(value);
    case 'countPerSecond':
      return `${rated(value * rate.seconds, count, GROWTHS.has(id))}${rate.per}`;
    case 'countPerMinute':
      return `${value >= 9.95 ? count(value) : value.toFixed(1)}/min`;
    case 'pct':
      return percent(value);
    case 'seconds':
      return seconds(value);
    case 'time':
      return rfc3339(value);
    default:
      return String(value);
  }
}

function rated(value: number, print: (value: number) => string, isGrowth: boolean): string {
  return isGrowth ? signed(value, print) : print(value);
}
