import { isMissing } from '../core/missing.ts';
import type { DropMode } from '../core/note.ts';
import type { Drop } from '../model/drop.ts';
import { amount } from './amount.ts';

/** What a drop has shown of this kernel: kernel memory of the dying is no pin. */
export interface DropLesson {
  readonly mode: DropMode;
  /** Kernel memory that the dying held before it, and still after it. */
  readonly keptBytes: number;
  readonly dyingAfter: number;
}

/** What lost less than this part stayed. */
const STAYED = 0.5;

/**
 * What the last drop of slab objects that was followed to its end has shown: where the dying stayed, and the kernel memory
 * that they hold too, that memory is not what keeps them (it is their own structures, or objects that were handed to the
 * parent), whatever is known of kernels of that name. `undefined` where it freed some, or none was followed.
 */
export function dropLesson(drops: readonly Drop[], noiseBytes: number): DropLesson | undefined {
  const last = drops.findLast(({ phase, rehearsal, request, after }) => {
    return phase === 'done' && !rehearsal && request.mode !== 1 && !isMissing(after) && !isMissing(after.heldKmemBytes);
  });
  if (last === undefined || isMissing(last.after)) return undefined;
  const { before, after, request } = last;
  const [dyingBefore, dyingAfter] = [amount(before.dying), amount(after.dying)];
  const [held, kept] = [amount(before.heldKmemBytes), amount(after.heldKmemBytes)];
  if (isMissing(dyingBefore) || isMissing(dyingAfter) || isMissing(held) || isMissing(kept)) return undefined;
  const stayed = dyingAfter >= dyingBefore * STAYED && kept >= held * STAYED;
  return stayed && held >= noiseBytes ? { mode: request.mode, keptBytes: kept, dyingAfter } : undefined;
}
