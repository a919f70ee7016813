import { isMissing } from '../../core/missing.ts';
import { walkedCgroups } from '../many-cgroups.ts';
import type { RemedyId } from '../remedies/remedy-ids.ts';
import type { RuleContext } from './rule.ts';

/** What helps against dying cgroups on this node: the drop that fits, if one does; then what keeps them from coming. */
export function againstDying({ drop, pins, kernel, lesson, model }: RuleContext): readonly RemedyId[] {
  const remedies: RemedyId[] = [];
  if ('request' in drop)
    remedies.push(({ 1: 'drop-pages', 2: 'drop-slab', 3: 'drop-both' } as const)[drop.request.mode]);
  if (pins.kinds.some(({ kind }) => kind === 'tmpfs')) remedies.push('remove-tmpfs-files');
  remedies.push('stop-the-churner');
  if (isAffected(kernel)) remedies.push('upgrade-kernel');
  remedies.push('drain-and-reboot');
  const { cgroup } = model.host;
  if (kernel.kmemResidue === 'pin' && lesson === undefined && !isMissing(cgroup) && cgroup === 'v1')
    remedies.push('nokmem');
  return remedies;
}

/** What helps against slow reads: where most cgroups are live, no drop reaches them. */
export function againstMany(known: RuleContext): readonly RemedyId[] {
  const walked = walkedCgroups(known.model);
  if (isMissing(walked) || walked.mostly === 'dying') return againstDying(known);
  return [...AGAINST_LEFTOVERS, ...(isAffected(known.kernel) ? (['upgrade-kernel'] as const) : []), 'drain-and-reboot'];
}

/** What helps against live cgroups that nobody removes. */
export const AGAINST_LEFTOVERS = ['remove-leftovers', 'stop-the-churner'] as const satisfies readonly RemedyId[];

function isAffected({ items }: RuleContext['kernel']): boolean {
  return Object.values(items).some((item) => item.status === 'affected');
}
