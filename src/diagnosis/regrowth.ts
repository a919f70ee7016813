import { isMissing, type Maybe, missing } from '../core/missing.ts';
import type { Drop } from '../model/drop.ts';
import type { Model } from '../model/model.ts';

/** What came back after a drop, and when it will be as bad as before. */
export interface Regrowth {
  /** Dying cgroups, now less those after the drop; below zero where more went. */
  readonly dyingBack: number;
  readonly dyingPerSecond: number;
  /** Until there are as many dying as before the drop, at this rate; missing where they do not grow. */
  readonly secondsToBefore: Maybe<number>;
}

/** Growth is told once so much time has passed since the counts stood still: before, a few cgroups would be a trend. */
const LEAST_SECONDS = 60;

/** Tells what came back since the counts of a drop stood still. */
export function deriveRegrowth(drop: Drop, model: Model): Maybe<Regrowth> {
  if (isMissing(drop.after)) return drop.after;
  const { dying: afterDying, at } = drop.after;
  const { dying } = model.memcg;
  if (isMissing(afterDying)) return afterDying;
  if (isMissing(dying)) return dying;
  const seconds = (model.instant.at - at) / 1000;
  if (seconds < LEAST_SECONDS) return missing('warming-up', 'a minute has to pass before growth is told');
  const dyingBack = dying - afterDying;
  const dyingPerSecond = dyingBack / seconds;
  return { dyingBack, dyingPerSecond, secondsToBefore: untilBefore(drop, dying, dyingPerSecond) };
}

function untilBefore({ before }: Drop, dying: number, perSecond: number): Maybe<number> {
  if (isMissing(before.dying)) return before.dying;
  if (dying >= before.dying) return 0;
  if (perSecond <= 0) return missing('unsupported', 'they do not grow');
  return (before.dying - dying) / perSecond;
}
