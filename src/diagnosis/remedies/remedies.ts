import { DROP_REMEDIES } from './drops.ts';
import { LONG_TERM_REMEDIES } from './long-term.ts';
import type { Remedy, Situation } from './remedy.ts';
import type { RemedyId } from './remedy-ids.ts';

/** Tells a remedy for this node. */
export function tellRemedy(id: RemedyId, situation: Situation): Remedy {
  return { id, ...PROSE[id](situation) };
}

/** How each remedy is told. */
type RemedyProse = Readonly<Record<RemedyId, (situation: Situation) => Omit<Remedy, 'id'>>>;

const PROSE: RemedyProse = { ...DROP_REMEDIES, ...LONG_TERM_REMEDIES };
