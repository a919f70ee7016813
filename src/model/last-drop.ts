import type { EpochMs } from '../core/clock.ts';
import { isMissing } from '../core/missing.ts';
import type { Drop } from './drop.ts';
import type { Model, ReadModel } from './model.ts';

/**
 * From when on measurements stand for the node as it is after the last drop, by us or by others; `undefined` where none
 * was seen. Of ours that is the end of the write, and once the counts stood still that moment: in between reads walk
 * what is about to go.
 */
export function lastDrop({ events, drops }: Pick<Model, 'events' | 'drops'>): EpochMs | undefined {
  let last: EpochMs | undefined;
  for (const event of events) {
    if (event.kind === 'drop-by-other') last = event.at;
    if (event.kind !== 'drop') continue;
    const ours = drops.find(({ id }) => id === event.dropId);
    if (ours !== undefined) last = momentOf(ours) ?? last;
  }
  return last;
}

function momentOf({ rehearsal, phase, doneAt, after }: Drop): EpochMs | undefined {
  if (rehearsal || phase !== 'done') return undefined;
  if (!isMissing(after)) return after.at;
  return isMissing(doneAt) ? undefined : doneAt;
}

/** Tells which reads began before the last drop: they come last, and say nothing of the node as it is. */
export function markReads(reads: readonly ReadModel[], droppedAt: EpochMs | undefined): readonly ReadModel[] {
  if (droppedAt === undefined || !reads.some((read) => beganBefore(read, droppedAt))) return reads;
  const marked = reads.map((read) => ({ ...read, beforeDrop: beganBefore(read, droppedAt) }));
  return [...marked.filter((read) => !read.beforeDrop), ...marked.filter((read) => read.beforeDrop)];
}

function beganBefore({ at, wallSeconds }: ReadModel, droppedAt: EpochMs): boolean {
  return at - (isMissing(wallSeconds) ? 0 : wallSeconds * 1000) < droppedAt;
}
