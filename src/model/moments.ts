import type { Instant } from '../core/clock.ts';
import { isKnown, isMissing, type Maybe, mapKnown } from '../core/missing.ts';
import { PERIOD_SECONDS } from '../core/period.ts';
import type { Topic } from '../samplers/registry.ts';
import type { Walked } from './derive-memcg.ts';
import type { FieldId } from './fields.ts';
import type { LatestRuns } from './latest.ts';
import type { HostModel, Model, ReadModel } from './model.ts';
import { type MeasuredGroup, type Moment, TOPIC_OF } from './moment.ts';
import { rootRead } from './root-read.ts';

/** A value is old when as many of its intervals have passed without a new one. */
const INTERVALS = 3;

/** Whether a value of a topic is too old to stand there as if it were now. Between two ticks nothing can be newer. */
export function isOld(topic: keyof typeof PERIOD_SECONDS, ageSeconds: number, intervalSeconds: number): boolean {
  // A second more: a run takes its time, and a tick may come late.
  return ageSeconds > INTERVALS * Math.max(PERIOD_SECONDS[topic], intervalSeconds) + 1;
}

/** What the moments of a model are made from. */
export interface MomentInputs {
  readonly runs: LatestRuns;
  readonly now: Instant;
  /** The latest walk: when the live cgroups were counted, and their counters read. */
  readonly walked: Walked | undefined;
  readonly host: HostModel;
  readonly kubelet: Model['kubelet'];
  readonly reads: readonly ReadModel[];
  readonly probes: Model['probes'];
}

/** When everything that can be old was measured; what was never measured says so itself, and has no moment. */
export function deriveMoments(inputs: MomentInputs): readonly Moment[] {
  const { runs, now, walked, host, kubelet, probes } = inputs;
  const countedAt = walked?.counted;
  const { intervalSeconds = 0 } = probes;
  const ended = (topic: Topic) => runs.pair(topic).now?.ended;
  const counts = ended('cgroupCounts');
  const isV2 = host.cgroup === 'v2';
  const root = mapKnown(rootRead(inputs), ({ at }): Maybe<number> => at);
  const instants: Readonly<Record<MeasuredGroup, Instant | undefined>> = {
    node: ended('memory'),
    counts,
    live: isV2 ? counts : countedAt,
    // v1 takes the live ones off a total that is read with every tick: it is as old as the older of the two.
    dying: isV2 ? counts : countedAt,
    cgroups: countedAt,
    counters: walked?.countersRead,
    pins: ended('kinds'),
    rootRead: isMissing(root) ? undefined : readAt(root, now),
    caches: ended('slabinfo'),
    kubelet: isKnown(kubelet) ? ended('kubelet') : ended('processes'),
    processes: ended('processes'),
    pods: ended('pods'),
    selfMemory: ended('selfMemory'),
  };
  const topicOf = (of: MeasuredGroup) => {
    if (isV2 && (of === 'live' || of === 'dying')) return 'cgroupCounts';
    // Read once a minute only as long as walks of names alone come in between.
    return of === 'counters' && walked?.walk.namesOnly ? 'counters' : TOPIC_OF[of];
  };
  return Object.entries(instants).flatMap(([name, instant]) => {
    const of = name as MeasuredGroup;
    if (instant === undefined) return [];
    const ageSeconds = Math.max(0, Math.round((now.monotonicSeconds - instant.monotonicSeconds) * 1000) / 1000);
    return [{ of, at: instant.at, ageSeconds, isOld: isOld(topicOf(of), ageSeconds, intervalSeconds) }];
  });
}

/** Of a read, which another instance may have made, only the wall clock's time is known. */
function readAt(at: number, now: Instant): Instant {
  return { at, monotonicSeconds: now.monotonicSeconds - Math.max(0, now.at - at) / 1000 };
}

/** When a group of a model was measured; `undefined` while it has not been. */
export function momentOf({ moments }: Pick<Model, 'moments'>, of: MeasuredGroup): Moment | undefined {
  return moments.find((moment) => moment.of === of);
}

/** The beginnings of ids, the longer ones first, and the group that their values were measured with. */
const GROUP_OF: readonly (readonly [beginning: string, group: MeasuredGroup])[] = [
  ['memcg.total', 'counts'],
  ['memcg.live', 'live'],
  ['memcg.dying', 'dying'],
  ['memcg.growthPerSecond', 'dying'],
  ['memcg.pins', 'pins'],
  ['memcg.heldByDying.', 'counters'],
  ['memcg.cgroups[].usageBytes', 'counters'],
  ['memcg.cgroups[].kmemBytes', 'counters'],
  ['memcg.cgroups[].held', 'counters'],
  ['memcg.cgroups[].dyingBelow', 'counters'],
  ['memcg.', 'cgroups'],
  ['reads.root.', 'rootRead'],
  ['slab.caches', 'caches'],
  ['dentry.sizeBytes', 'caches'],
  ['slab.', 'node'],
  ['dentry.', 'node'],
  ['node.', 'node'],
  ['kubelet.', 'kubelet'],
  ['processes[]', 'processes'],
  ['pods.', 'pods'],
  ['self.pssBytes', 'selfMemory'],
];

/** The moment of a field's value in a model; `undefined` for what cannot be old, and for what was never measured. */
export function momentOfField(model: Pick<Model, 'moments'>, id: FieldId): Moment | undefined {
  const found = GROUP_OF.find(([beginning]) => id.startsWith(beginning));
  return found === undefined ? undefined : momentOf(model, found[1]);
}
