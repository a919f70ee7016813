import type { Finding } from './finding.ts';
import type { RuleId } from './rules/rules.ts';

/** One thing that can be wrong with a node, for whoever acts on each by itself: a condition of the node, say. */
export type CauseId =
  | 'slow-reads'
  | 'dying-growing'
  | 'ids'
  | 'leftover-cgroups'
  | 'unreclaimable-slab'
  | 'kubelet-in-kernel';

/** The rules that tell of each cause; the first is the one without which nothing is known of it. */
export const CAUSES: Readonly<Record<CauseId, readonly [RuleId, ...RuleId[]]>> = {
  'slow-reads': ['slow-memory-stat', 'slow-numa-stat', 'slow-root-usage'],
  'dying-growing': ['dying-cgroups'],
  ids: ['memcg-ids'],
  'leftover-cgroups': ['leftover-pods', 'leftover-directories'],
  'unreclaimable-slab': ['slab-out-of-proportion', 'slab-growth'],
  'kubelet-in-kernel': ['kubelet-in-kernel'],
};

/**
 * Of findings, worst first, the one that speaks for a cause: the worst of its rules where that is a warning or worse,
 * and else that of its first rule, `unknown` included.
 */
export function findingOfCause<Told extends Pick<Finding, 'severity'> & { readonly id: string }>(
  findings: readonly Told[],
  cause: CauseId,
): Told | undefined {
  const [first, ...more] = CAUSES[cause];
  const told = findings.filter(({ id }) => [first, ...more].some((rule) => rule === id));
  return (
    told.find(({ severity }) => severity === 'critical' || severity === 'warning') ??
    told.find(({ id }) => id === first)
  );
}
