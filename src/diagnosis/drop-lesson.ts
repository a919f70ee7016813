import { isKnown, isMissing, knownOr } from '../core/missing.ts';
import type { DropMode } from '../core/note.ts';
import type { Drop } from '../model/drop.ts';
import type { Model } from '../model/model.ts';
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
 * parent), whatever is known of kernels of that name. Where this instance made none, that of an earlier one since boot
 * counts, by its note. `undefined` where it freed some, or none was followed.
 */
export function dropLesson({ drops, node }: Model, noiseBytes: number): DropLesson | undefined {
  const outcome = outcomeOf(drops.findLast(isFollowed), noiseBytes) ?? notedOutcome(node.ownDrops);
  return outcome !== undefined && outcome.keptBytes > 0 ? outcome : undefined;
}

/** The same of one drop, be it a lesson or not: no kept bytes where they, or the dying, went. */
export function outcomeOf(drop: Drop | undefined, noiseBytes: number): DropLesson | undefined {
  if (drop === undefined || !isFollowed(drop) || isMissing(drop.after)) return undefined;
  const { before, after, request } = drop;
  const [dyingBefore, dyingAfter] = [amount(before.dying), amount(after.dying)];
  const [held, kept] = [amount(before.heldKmemBytes), amount(after.heldKmemBytes)];
  if (isMissing(dyingBefore) || isMissing(dyingAfter) || isMissing(held) || isMissing(kept)) return undefined;
  const stayed = dyingAfter >= dyingBefore * STAYED && kept >= held * STAYED && held >= noiseBytes;
  return { mode: request.mode, keptBytes: stayed ? kept : 0, dyingAfter };
}

function isFollowed({ phase, rehearsal, request, after }: Drop): boolean {
  const completed = phase === 'done' && !rehearsal && request.mode !== 1;
  return completed && !isMissing(after) && isKnown(after.heldKmemBytes);
}

function notedOutcome(ownDrops: Model['node']['ownDrops']): DropLesson | undefined {
  const last = knownOr(ownDrops, []).findLast(({ mode, keptBytes }) => mode !== 1 && isKnown(keptBytes));
  if (last === undefined || isMissing(last.keptBytes) || isMissing(last.dyingAfter)) return undefined;
  return { mode: last.mode, keptBytes: last.keptBytes, dyingAfter: last.dyingAfter };
}
