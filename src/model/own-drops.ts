import type { Instant } from '../core/clock.ts';
import { knownOr, type Maybe, mapKnown, missing } from '../core/missing.ts';
import type { Pair } from './latest.ts';
import type { OwnDropModel } from './model.ts';

/** The clock may have been set a little since. */
const SLACK_MS = 5000;

const NOT_FOLLOWED = missing('absent', 'not followed to its end');

/** Drops that instances of this program noted since boot: where the notes outlive it, older ones are of another count. */
export function deriveOwnDrops(
  { now }: Pair<'ownDrops'>,
  { at }: Instant,
  uptimeSeconds: Maybe<number>,
): Maybe<readonly OwnDropModel[]> {
  if (now === undefined) return missing('absent', 'notes of drops were not read here');
  const bootedAt = at - knownOr(uptimeSeconds, Number.POSITIVE_INFINITY) * 1000 - SLACK_MS;
  return mapKnown(
    now.sample.drops,
    (drops): Maybe<readonly OwnDropModel[]> =>
      drops
        .filter(({ atEpochMs }) => atEpochMs >= bootedAt)
        .map(({ atEpochMs, mode, kept }) => ({
          at: atEpochMs,
          mode,
          keptBytes: kept?.bytes ?? NOT_FOLLOWED,
          dyingAfter: kept?.dying ?? NOT_FOLLOWED,
        })),
  );
}
