import { mapKnown } from '../../core/missing.ts';
import type { Drop, DropNumbers } from '../../model/drop.ts';
import type { NodeEvent } from '../../model/events.ts';
import type { Model } from '../../model/model.ts';
import type { Moment } from '../../model/moment.ts';
import { encodeInstant } from './instant.ts';

/** A drop with the numbers before, after, and a minute later. */
export function encodeDrop(drop: Drop) {
  const { id, startedAt, doneAt, request, phase, rehearsal, error, writeSeconds, before, after, minuteAfter } = drop;
  return {
    id,
    startedAt: encodeInstant(startedAt),
    request: { mode: request.mode, sync: request.sync },
    phase,
    rehearsal,
    ...(error === undefined ? {} : { error }),
    doneAt: mapKnown(doneAt, encodeInstant),
    writeSeconds,
    before: encodeNumbers(before),
    after: mapKnown(after, encodeNumbers),
    minuteAfter: mapKnown(minuteAfter, encodeNumbers),
  };
}

function encodeNumbers(numbers: DropNumbers) {
  const { at, slabBytes, dentries, dying, heldKmemBytes, rootReadSeconds, kubeletSystemPct } = numbers;
  return { at: encodeInstant(at), slabBytes, dentries, dying, heldKmemBytes, rootReadSeconds, kubeletSystemPct };
}

/** What happened; which keys stand beside the kind depends on it. */
export function encodeEvent({ at, monotonicSeconds: _, ...happening }: NodeEvent) {
  return { at: encodeInstant(at), ...happening };
}

/** When a group of values was measured. */
export function encodeMoment({ of, at, ageSeconds, isOld }: Moment) {
  return { of, at: encodeInstant(at), ageSeconds, isOld };
}

/** How the slow reads are going: what they may cost, what they cost so far, what comes next and why. */
export function encodeProbes({ intervalSeconds, budgetPct, spentCpuSeconds, lock, inFlight, next }: Model['probes']) {
  return {
    budgetPct,
    spentCpuSeconds,
    lock,
    ...(inFlight === undefined
      ? {}
      : {
          inFlight: {
            topic: inFlight.topic,
            what: inFlight.what,
            ...(inFlight.path === undefined ? {} : { path: inFlight.path }),
            ...(inFlight.file === undefined ? {} : { file: inFlight.file }),
            since: { at: encodeInstant(inFlight.since.at) },
          },
        }),
    next: next.map(({ topic, inSeconds, because }) => ({ topic, inSeconds, because })),
    ...(intervalSeconds === undefined ? {} : { intervalSeconds }),
  };
}
