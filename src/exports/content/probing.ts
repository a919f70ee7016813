import { printable } from '../../core/printable.ts';
import { duration } from '../../format/quantity.ts';
import type { Model } from '../../model/model.ts';

type Next = Model['probes']['next'][number];

const BECAUSE: Readonly<Record<Next['because'], string>> = {
  period: 'its shortest period',
  budget: 'the budget',
  lock: 'another instance on this node probes',
  asked: 'asked for',
};

const TOPIC: Readonly<Record<Next['topic'], string>> = {
  slabinfo: 'slab caches',
  walk: 'walk of the cgroups',
  statReads: 'timed reads',
  kinds: 'read of what kinds of pages the dying hold',
};

/** How the slow reads go on: one sentence each for the one in flight, for the lock, and for what is due. */
export function probingSentences({ instant, probes }: Model): readonly string[] {
  const { inFlight, lock, next } = probes;
  const running =
    inFlight === undefined
      ? []
      : [
          `being read for ${duration(instant.monotonicSeconds - inFlight.since.monotonicSeconds)} already: ${printable(inFlight.what)}`,
        ];
  const other =
    typeof lock === 'string' ? [] : [`process ${lock.heldByPid} on this node probes; slow reads are paused here`];
  const due = next.map(
    ({ topic, inSeconds, because }) =>
      `${TOPIC[topic]}: next in ${duration(inSeconds)}, because of ${BECAUSE[because]}`,
  );
  return [...running, ...other, ...due];
}
