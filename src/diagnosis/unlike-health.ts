import { isKnown, isMissing, knownOr, type Maybe } from '../core/missing.ts';
import type { Model } from '../model/model.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { amount } from './amount.ts';

/** Why a node whose memory cgroups are fine is not called healthy: a process takes a core, or kubelet's CPU is not known. */
export type UnlikeHealth =
  | { readonly kind: 'hot'; readonly comm: string; readonly cpuPct: number }
  | { readonly kind: 'kubelet-unknown' };

/** What speaks against health although no rule warns; `undefined` where nothing does. */
export function unlikeHealth(model: Model, { neighbourCpuPct }: Thresholds): UnlikeHealth | undefined {
  const { kubelet } = model;
  const others = knownOr(model.processes, []);
  const all = [...(isMissing(kubelet) ? [] : [{ comm: 'kubelet', cpuPct: kubelet.cpuPct }]), ...others];
  const hot = all.flatMap(({ comm, cpuPct: value }) => {
    const cpuPct = amount(value);
    return isKnown(cpuPct) && cpuPct >= neighbourCpuPct ? [{ kind: 'hot', comm, cpuPct } as const] : [];
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
