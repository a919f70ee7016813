import type { Topic } from '../samplers/registry.ts';

/** Groups of values that were measured together, each by the topic whose period says when it is old. */
export const TOPIC_OF = {
  node: 'memory',
  counts: 'cgroupCounts',
  live: 'walk',
  dying: 'walk',
  cgroups: 'walk',
  counters: 'walk',
  pins: 'kinds',
  rootRead: 'statReads',
  caches: 'slabinfo',
  kubelet: 'kubelet',
  processes: 'processes',
  pods: 'pods',
  selfMemory: 'selfMemory',
} as const satisfies Readonly<Record<string, Topic>>;

/** The name of a group of values that were measured together. */
export type MeasuredGroup = keyof typeof TOPIC_OF;

/** When a group of values was measured. */
export interface Moment {
  readonly of: MeasuredGroup;
  readonly at: number;
  /** Seconds before the model that it stands in, by the clock that never goes back where there is one. */
  readonly ageSeconds: number;
  /** Older than three of its intervals: it is not shown without its age. */
  readonly isOld: boolean;
}
