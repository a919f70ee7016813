import { bothKnown, isMissing, type Maybe } from '../../core/missing.ts';
import type { Model } from '../../model/model.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import { amount } from '../amount.ts';

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
