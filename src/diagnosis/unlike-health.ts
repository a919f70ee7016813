import { isKnown, isMissing, knownOr, type Maybe } from '../core/missing.ts';
import type { Model } from '../model/model.ts';
import { amount } from './amount.ts';

/** Why a node whose memory cgroups are fine is not called healthy: a process takes a core, or kubelet's CPU is not known. */
export type UnlikeHealth =
  | { readonly kind: 'hot'; readonly comm: string; readonly cpuPct: number }
  | { readonly kind: 'kubelet-unknown' };

/** Of one core: PID 1 stood at 85 % in mount storms, which the busiest core of a large node does not show. */
const HOT_PCT = 75;

/** What speaks against health although no rule warns; `undefined` where nothing does. */
export function unlikeHealth(model: Model): UnlikeHealth | undefined {
  const { kubelet } = model;
  const others = knownOr(model.processes, []);
  const all = [...(isMissing(kubelet) ? [] : [{ comm: 'kubelet', cpuPct: kubelet.cpuPct }]), ...others];
  const hot = all.flatMap(({ comm, cpuPct: value }) => {
    const cpuPct = amount(value);
    return isKnown(cpuPct) && cpuPct >= HOT_PCT ? [{ kind: 'hot', comm, cpuPct } as const] : [];
  });
  const [hottest] = hot.sort((a, b) => b.cpuPct - a.cpuPct);
  if (hottest !== undefined) return hottest;
  return isMissing(cpuOfKubelet(kubelet)) ? { kind: 'kubelet-unknown' } : undefined;
}

/** Where no kubelet runs there is none to be hot. */
function cpuOfKubelet(kubelet: Model['kubelet']): Maybe<number> {
  if (!isMissing(kubelet)) return amount(kubelet.cpuPct);
  return kubelet.unavailable === 'absent' || kubelet.unavailable === 'gone' ? 0 : kubelet;
}
