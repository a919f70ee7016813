import { bothKnown, isMissing, type Maybe } from '../core/missing.ts';
import type { Model } from '../model/model.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { amount } from './amount.ts';

/** The dying among all memory cgroups, in percent. */
export function dyingSharePct({ memcg }: Model): Maybe<number> {
  return bothKnown(
    amount(memcg.total),
    amount(memcg.dying),
    (total, dying): Maybe<number> => Math.min(100, total > 0 ? (dying / total) * 100 : 0),
  );
}

/**
 * Whether so many are dying that it is no turnover of a busy node: a thousand where they are half of all, or five
 * thousand whatever their share. `undefined` where the count is missing.
 */
export function manyAreDying(model: Model, limits: Thresholds): boolean | undefined {
  const dying = amount(model.memcg.dying);
  if (isMissing(dying)) return undefined;
  if (dying < limits.dyingWarning) return false;
  const sharePct = dyingSharePct(model);
  return dying >= limits.dyingCritical || isMissing(sharePct) || sharePct >= limits.dyingSharePct;
}

/**
 * Whom a read that walks has to visit: every memory cgroup there is, live or dying, costs it the same. Both counts, and
 * which of them is the larger part; missing where one of them is.
 */
export interface Walked {
  readonly live: number;
  readonly dying: number;
  readonly mostly: 'live' | 'dying';
}

/** All memory cgroups, by the larger part. */
export function walkedCgroups({ memcg }: Model): Maybe<Walked> {
  return bothKnown(
    amount(memcg.live),
    amount(memcg.dying),
    (live, dying): Maybe<Walked> => ({ live, dying, mostly: live > dying ? 'live' : 'dying' }),
  );
}

/**
 * Whether there are so many that they explain a slow read, and which: the measure is that of the dying, a thousand,
 * since the walk does not ask which is which (174 ms at 994 dying on 4.4.155).
 */
export function manyWalked(model: Model, limits: Thresholds): Walked | undefined {
  const walked = walkedCgroups(model);
  if (isMissing(walked)) return undefined;
  return walked.live + walked.dying >= limits.dyingWarning ? walked : undefined;
}
