import { isMissing, type Maybe } from '../core/missing.ts';
import type { History } from '../model/history.ts';
import { lastDrop } from '../model/last-drop.ts';
import type { KubeletModel, Model } from '../model/model.ts';
import { meanOf } from '../series/mean.ts';
import { amount } from './amount.ts';

/** kubelet's CPU over a stretch of time, of one core. */
export interface KubeletCpu {
  readonly cpuPct: Maybe<number>;
  readonly systemPct: Maybe<number>;
  /** How long the stretch is; 0 where only the last sample is there. */
  readonly overSeconds: number;
}

/** One sample covers a tick or two: which of kubelet's loops ran in it is chance. A minute has six rounds of each. */
const LEAST_SECONDS = 60;

/** Longer than this the node may have been another one. */
const MOST_SECONDS = 600;

/**
 * kubelet's CPU since `fromSeconds` (monotonic), but over at least one minute and at most ten; never from before
 * kubelet began or caches were dropped. Missing where it is missing now.
 */
export function kubeletCpu(
  kubelet: KubeletModel,
  model: Model,
  history: History,
  fromSeconds = Number.POSITIVE_INFINITY,
): KubeletCpu {
  const now = model.instant.monotonicSeconds;
  const wanted = Math.max(now - MOST_SECONDS, Math.min(fromSeconds, now - LEAST_SECONDS));
  const droppedAt = lastDrop(model)?.at;
  const dropped = droppedAt === undefined ? Number.NEGATIVE_INFINITY : now - (model.instant.at - droppedAt) / 1000;
  const uptime = amount(kubelet.uptimeSeconds);
  const began = isMissing(uptime) ? Number.NEGATIVE_INFINITY : now - uptime;
  const from = Math.max(wanted, dropped, began);
  const cpu = meanOf(history.of('kubelet.cpuPct'), from, now);
  const system = meanOf(history.of('kubelet.systemPct'), from, now);
  const cpuPct = amount(kubelet.cpuPct);
  const systemPct = amount(kubelet.systemPct);
  if (cpu === undefined || system === undefined || isMissing(cpuPct) || isMissing(systemPct)) {
    return { cpuPct, systemPct, overSeconds: 0 };
  }
  return { cpuPct: cpu.value, systemPct: system.value, overSeconds: now - system.sinceSeconds };
}
