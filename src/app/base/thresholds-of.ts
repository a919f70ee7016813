import { DEFAULT_THRESHOLDS, type Thresholds } from '../../model/thresholds.ts';
import { WrongUsage } from './wrong-usage.ts';

const NAMES = Object.keys(DEFAULT_THRESHOLDS);

const kept = new WeakMap<Readonly<Record<string, number>>, Thresholds>();

/**
 * The defaults, with what was configured by name, the same object for the same configuration; throws
 * {@link WrongUsage} for a name that there is not.
 */
export function thresholdsOf(configured?: Readonly<Record<string, number>>): Thresholds {
  if (configured === undefined) return DEFAULT_THRESHOLDS;
  const before = kept.get(configured);
  if (before !== undefined) return before;
  const thresholds = withConfigured(configured);
  kept.set(configured, thresholds);
  return thresholds;
}

function withConfigured(configured: Readonly<Record<string, number>>): Thresholds {
  const unknown = Object.keys(configured).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new WrongUsage(`unknown threshold "${unknown}"; known are ${NAMES.join(', ')}`);
  return { ...DEFAULT_THRESHOLDS, ...configured };
}
