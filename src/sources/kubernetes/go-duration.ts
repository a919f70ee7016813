import { type Maybe, missing } from '../../core/missing.ts';
import { quoted } from '../text.ts';

const SECONDS_OF_UNIT: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['\u00b5s', 1e-6],
  ['\u03bcs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);

/**
 * Parses a duration as Go writes it (`10s`, `1m30s`, `500ms`, `1.5h`) into seconds, to the microsecond. Every number
 * but 0 needs a unit, as in Go; a sign is refused, because no interval is negative.
 * https://pkg.go.dev/time#ParseDuration
 */
export function parseGoDuration(text: string): Maybe<number> {
  if (text === '0') return 0;
  const wrong = missing('malformed', `expected a duration such as 1m30s, got ${quoted(text)}`);
  if (text.length > 60 || !/^(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/.test(text))
    return wrong;
  let seconds = 0;
  for (const [, number = '', unit = ''] of text.matchAll(/([0-9.]+)([a-z\u00b5\u03bc]+)/g)) {
    const unitSeconds = SECONDS_OF_UNIT.get(unit);
    if (unitSeconds === undefined) return wrong;
    seconds += Number(number) * unitSeconds;
  }
  // Go keeps a duration in 63 bits of nanoseconds, 292 years, and refuses what does not fit.
  return seconds < 2 ** 63 / 1e9 ? Math.round(seconds * 1e6) / 1e6 : wrong;
}
