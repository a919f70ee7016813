import { DEFAULT_THRESHOLDS, type Thresholds } from '../diagnosis/thresholds.ts';
import { WrongUsage } from './configuration.ts';

const NAMES = Object.keys(DEFAULT_THRESHOLDS);

/** The defaults, with what was configured by name; throws {@link WrongUsage} for a name that there is not. */
export function thresholdsOf(configured: Readonly<Record<string, number>> = {}): Thresholds {
  const unknown = Object.keys(configured).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new WrongUsage(`unknown threshold "${unknown}"; known are ${NAMES.join(', ')}`);
  return { ...DEFAULT_THRESHOLDS, ...configured };
}
