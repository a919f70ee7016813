import type { Thresholds } from '../../model/thresholds.ts';
import type { RuleContext } from './rule.ts';

/** A finding that stands goes on until its value is so much below what made it. */
const KEEPS = 0.8;

/**
 * The thresholds of kubelet's CPU and of its neighbours' for one rule: what swings around one of them is one finding, and no "no longer" in
 * turn with it. Whether it stands is in the log of events, so that a replay has the same.
 */
export function steadyThresholds({ model, thresholds }: RuleContext, id: string): Thresholds {
  const last = model.events.findLast(
    (event) => (event.kind === 'finding' || event.kind === 'finding-over') && event.id === id,
  );
  if (last?.kind !== 'finding') return thresholds;
  return {
    ...thresholds,
    attributionPct: thresholds.attributionPct * KEEPS,
    kubeletSystemPct: thresholds.kubeletSystemPct * KEEPS,
    kubeletKernelSharePct: thresholds.kubeletKernelSharePct * KEEPS,
    neighbourCpuPct: thresholds.neighbourCpuPct * KEEPS,
  };
}
