import type { EpochMs } from '../core/clock.ts';
import { isMissing } from '../core/missing.ts';
import type { Drop } from './drop.ts';
import type { Model, ReadModel } from './model.ts';

/** Less is quick: such a read is made again soon by itself, and walked little that was about to go. */
const SLOW_SECONDS = 0.05;

/** The last drop, by us or by others, as far as measurements are of before it or of after it. */
export interface LastDrop {
  /** The end of the write; when it was seen, of a drop by others. */
  readonly writtenAt: EpochMs;
  /**
   * From when on measurements stand for the node as it is after it. Of ours that is the end of the write, and once the
   * counts stood still that moment: in between reads walk what is about to go.
   */
  readonly at: EpochMs;
}

/** The last drop; `undefined` where none was seen. */
export function lastDrop({ events, drops }: Pick<Model, 'events' | 'drops'>): LastDrop | undefined {
  let last: LastDrop | undefined;
  for (const event of events) {
    if (event.kind === 'drop-by-other' || event.kind === 'drop-by-instance')
      last = { writtenAt: event.at, at: event.at };
    if (event.kind !== 'drop') continue;
    const ours = drops.find(({ id }) => id === event.dropId);
    if (ours !== undefined) last = momentsOf(ours) ?? last;
  }
  return last;
}

function momentsOf({ rehearsal, phase, doneAt, after }: Drop): LastDrop | undefined {
  if (rehearsal || phase !== 'done' || isMissing(doneAt)) return undefined;
  return { writtenAt: doneAt, at: isMissing(after) ? doneAt : after.at };
}

/**
 * Tells which reads say nothing of the node as it is after the last drop: what began before its write was over, and
 * what was slow while the counts still moved. They come last. A quick one of then has counted, and counts on.
 */
export function markReads(reads: readonly ReadModel[], drop: LastDrop | undefined): readonly ReadModel[] {
  if (drop === undefined || !reads.some((read) => isBefore(read, drop))) return reads;
  const marked = reads.map((read) => ({ ...read, beforeDrop: isBefore(read, drop) }));
  return [...marked.filter((read) => !read.beforeDrop), ...marked.filter((read) => read.beforeDrop)];
}

/** Whether a read took so long that it is not made again soon by itself. */
export function isSlowRead({ wallSeconds }: ReadModel): boolean {
  return !isMissing(wallSeconds) && wallSeconds >= SLOW_SECONDS;
}

function isBefore(read: ReadModel, { writtenAt, at }: LastDrop): boolean {
  const began = read.at - (isMissing(read.wallSeconds) ? 0 : read.wallSeconds * 1000);
  return began < (isSlowRead(read) ? at : writtenAt);
}
