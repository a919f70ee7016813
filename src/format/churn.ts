import { bothKnown, isKnown, type Maybe } from '../core/missing.ts';
import type { MemcgModel } from '../model/model.ts';
import { count } from './quantity.ts';

/**
 * Cgroups that come and go per minute. Walks do not see what lives shorter than they are apart, but each cgroup that
 * is dying was removed: the growth of the dying is a lower bound, too, and the larger of the two is told.
 */
export function churnText(
  memcg: Pick<MemcgModel, 'createdPerMinute' | 'removedPerMinute' | 'growthPerSecond'>,
): Maybe<string> {
  const { createdPerMinute, removedPerMinute, growthPerSecond } = memcg;
  const dyingPerMinute = isKnown(growthPerSecond) ? growthPerSecond * 60 : 0;
  const seen = bothKnown(createdPerMinute, removedPerMinute, (came, went) => Math.max(came, went));
  if (dyingPerMinute >= 1 && (!isKnown(seen) || dyingPerMinute > seen)) return `>= ${count(dyingPerMinute)}/min`;
  return bothKnown(
    createdPerMinute,
    removedPerMinute,
    (came, went): Maybe<string> => `at least +${count(came)} -${count(went)}/min`,
  );
}
