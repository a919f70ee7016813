import type { Maybe } from '../core/missing.ts';
import { bytes, signed } from './quantity.ts';
import type { Run } from './styled.ts';
import { valueRun } from './value.ts';

/** Growth below this is the node's own breathing: 64 KiB a minute are 90 MiB a day. */
const STILL_BYTES_PER_MINUTE = 64 * 1024;

/** Growth that matters within hours: 0.25 MiB a minute are 15 MiB an hour. */
const FAST_BYTES_PER_MINUTE = 256 * 1024;

/** Growth of a size per minute with its sign; yellow where it matters within hours. */
export function growthPerMinuteRun(bytesPerSecond: Maybe<number>): Run {
  return valueRun(
    bytesPerSecond,
    (value) => (Math.abs(value * 60) < 1024 ? '0' : signed(value * 60, bytes)),
    (value) => {
      if (value * 60 >= FAST_BYTES_PER_MINUTE) return { ink: 'yellow' };
      return Math.abs(value * 60) < STILL_BYTES_PER_MINUTE ? { ink: 'dim' } : {};
    },
  );
}
