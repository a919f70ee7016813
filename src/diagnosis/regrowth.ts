import { isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import type { Drop } from '../model/drop.ts';
import type { Model } from '../model/model.ts';
import type { Thresholds } from '../model/thresholds.ts';

/** What came back after a drop, and when it will be as bad as before. */
export interface Regrowth {
  /** Dying cgroups, now less those after the drop; below zero where more went. */
  readonly dyingBack: number;
  readonly dyingPerSecond: number;
  /** Until there are as many dying as before the drop, at this rate; missing where they do not grow. */
  readonly secondsToBefore: Maybe<number>;
  /** Until there are as many as are critical, at this rate; missing where they do not grow, or that many are there. */
  readonly secondsToCritical: Maybe<number>;
}

/** Growth is told once so much time has passed since the counts stood still: before, a few cgroups would be a trend. */
const LEAST_SECONDS = 60;

/** Tells what came back since the counts of a drop stood still. */
export function deriveRegrowth(drop: Drop, model: Model, { dyingCritical }: Thresholds): Maybe<Regrowth> {
  if (isMissing(drop.after)) return drop.after;
  const { dying: afterDying, at } = drop.after;
  const { dying } = model.memcg;
  if (isMissing(afterDying)) return afterDying;
  if (isMissing(dying)) return dying;
  const seconds = (model.instant.at - at) / 1000;
  if (seconds < LEAST_SECONDS) return missing('warming-up', 'growth needs a minute of samples');
  const dyingBack = dying - afterDying;
  const dyingPerSecond = dyingBack / seconds;
  const secondsToBefore = mapKnown(drop.before.dying, (before) => until(before, dying, dyingPerSecond));
  return { dyingBack, dyingPerSecond, secondsToBefore, secondsToCritical: until(dyingCritical, dying, dyingPerSecond) };
}

function until(wanted: number, dying: number, perSecond: number): Maybe<number> {
  if (dying >= wanted) return 0;
  if (perSecond <= 0) return missing('unsupported', 'they do not grow');
  return (wanted - dying) / perSecond;
}

/** How long the relief of a drop lasts that frees every dying cgroup. */
export interface Relief {
  /** Until there are as many dying as are critical, at the growth that is measured now. */
  readonly seconds: number;
  /** As many as are critical. */
  readonly dying: number;
}

/** Tells how long relief lasts at the growth of now; missing where they do not grow, or that is not known. */
export function deriveRelief({ memcg }: Model, { dyingCritical }: Thresholds): Maybe<Relief> {
  const { growthPerSecond } = memcg;
  if (isMissing(growthPerSecond)) return growthPerSecond;
  if (growthPerSecond * 3600 < LEAST_PER_HOUR) return missing('unsupported', 'they do not grow');
  return { seconds: dyingCritical / growthPerSecond, dying: dyingCritical };
}

/** Growth below this is noise of the count. */
const LEAST_PER_HOUR = 10;
